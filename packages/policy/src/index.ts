export * from "./shipped-calendars.ts";
