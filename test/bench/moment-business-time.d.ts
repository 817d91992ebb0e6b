/** What of this library is used here; it has no types of its own. */
declare module "moment-business-time" {
  type BusinessMoment = {
    addWorkingTime: (amount: number, unit: "minutes") => BusinessMoment;
    workingDiff: (other: BusinessMoment, unit: "minutes", fractions: boolean) => number;
    valueOf: () => number;
  };
  type BusinessMomentMaker = ((epochMs: number) => BusinessMoment) & {
    updateLocale: (locale: string, settings: unknown) => void;
  };
  const moment: BusinessMomentMaker;
  export = moment;
}
