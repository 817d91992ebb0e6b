/** The most entries that PutEvents takes at once, and the most bytes of all of them together. */
export const BUS_ENTRIES_MAX = 10;
export const BUS_BYTES_MAX = 256 * 1024;
