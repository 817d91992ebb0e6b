import { type Command, Option } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import type { World } from "../world.ts";
import { type ChangeOptions, change, changing } from "./case-command.ts";

const MARKS = ["spam", "test", "false-alarm"] as const;
type Mark = (typeof MARKS)[number];

/** Adds the commands that say what a case is about and who takes part in it. */
export function addDescribingCommands(cases: Command, world: World): void {
  changing(cases.command("tag <number>").description("add tags to a case or take them away"))
    .option("--add <tag...>", "tags to add")
    .option("--remove <tag...>", "tags to take away")
    .addHelpText("after", '\nExample:\n  ithaca case tag 148203917 --add printers "month end" --remove urgent')
    .action(async (number: string, { add = [], remove = [] }: TagOptions, command: Command) => {
      await change(world, command, number, {
        done: "tagged",
        goesByCase: true,
        make: ({ cases: { setTags } }, which, terms, { tags }) =>
          setTags(which, [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])], terms),
      });
    });

  changing(cases.command("field <number> [assignments...]").description("fill the fields that the desk defines"))
    .addHelpText(
      "after",
      "\nname=value fills a field, name= empties it; true, false and numbers are taken as such.\nExample:\n  ithaca case field 148203917 shop=North seats=12",
    )
    .action(async (number: string, assignments: string[], _: ChangeOptions, command: Command) => {
      const wanted = assignments.map(assignmentOf);
      await change(world, command, number, {
        done: "described",
        goesByCase: true,
        make: ({ cases: { setFields } }, which, terms, { fields }) =>
          setFields(which, withFields(fields, wanted), terms),
      });
    });

  changing(cases.command("mark <number>").description("mark a case as spam, a test or a false alarm"))
    .addOption(new Option("--as <mark>", "what it is").choices(MARKS).makeOptionMandatory())
    .option("--off", "take the mark away")
    .addHelpText(
      "after",
      "\nExamples:\n  ithaca case mark 148203917 --as spam\n  ithaca case mark 148203917 --as spam --off",
    )
    .action(async (number: string, options: ChangeOptions & { as: Mark; off?: boolean }, command: Command) => {
      await change(world, command, number, {
        done: options.off === true ? `is no ${options.as}` : `marked as ${options.as}`,
        goesByCase: true,
        make: ({ cases: { setMarks } }, which, terms, { marks }) => {
          const others = marks.filter((mark) => mark !== options.as);
          return setMarks(which, options.off === true ? others : [...others, options.as], terms);
        },
      });
    });

  addParticipantCommands(cases, world);
}

function addParticipantCommands(cases: Command, world: World): void {
  changing(cases.command("add-participant <number> <who>").description("add a person to a case, by address or id"))
    .addOption(
      new Option("--part <part>", "which").choices(["on-behalf-of", "copied", "follower"] as const).default("copied"),
    )
    .option("--sees-case", "they may look at the case, not only get what is sent to them")
    .addHelpText("after", "\nExample:\n  ithaca case add-participant 148203917 jo@lakeside.example --sees-case")
    .action(async (number: string, who: string, options: ParticipantOptions, command: Command) => {
      const named = who.includes("@") ? { address: who } : { personId: who };
      const body = { ...named, part: options.part, seesCase: options.seesCase ?? false };
      await change(world, command, number, {
        done: `${who} takes part`,
        make: ({ cases: { addParticipant } }, which, terms) => addParticipant(which, body, terms),
      });
    });

  changing(cases.command("remove-participant <number> <person>").description("take a person off a case, by id"))
    .addHelpText("after", "\nExample:\n  ithaca case remove-participant 148203917 person_jo")
    .action(async (number: string, personId: string, _: ChangeOptions, command: Command) => {
      await change(world, command, number, {
        done: `${personId} takes part no more`,
        make: ({ cases: { removeParticipant } }, which, terms) => removeParticipant(which, personId, terms),
      });
    });
}

interface TagOptions extends ChangeOptions {
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
}

interface ParticipantOptions extends ChangeOptions {
  readonly part: "on-behalf-of" | "copied" | "follower";
  readonly seesCase?: boolean;
}

type FieldValue = string | number | boolean;

function assignmentOf(written: string): [code: string, value: FieldValue | undefined] {
  const at = written.indexOf("=");
  if (at < 1) throw new Failure(`${written} fills no field: write name=value.`, EXIT.usage);
  return [written.slice(0, at), fieldValue(written.slice(at + 1))];
}

function fieldValue(written: string): FieldValue | undefined {
  if (written === "") return undefined;
  if (written === "true" || written === "false") return written === "true";
  return written.trim() !== "" && Number.isFinite(Number(written)) ? Number(written) : written;
}

function withFields(
  before: Readonly<Record<string, FieldValue>>,
  wanted: readonly (readonly [string, FieldValue | undefined])[],
): Record<string, FieldValue> {
  const all = { ...before, ...Object.fromEntries(wanted) };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, FieldValue] => entry[1] !== undefined),
  );
}
