import type { Command } from "commander";
import { EXIT } from "../exit-codes.ts";
import { Failure } from "../failure.ts";
import { printableLine } from "../output/printable.ts";
import type { World } from "../world.ts";
import { missingTextsSentence } from "./missing-texts-sentence.ts";
import { passwordOf } from "./password-of.ts";
import { type StackOption, withStack } from "./stack-option.ts";

/** Adds `ithaca export`, `import`, `hold` and `go-live`: a desk moves to files and from files. */
export function addTransferCommands(program: Command, world: World): void {
  addExport(program, world);
  addImport(program, world);

  addHold(program, world);

  withStack(program.command("go-live").description("let mail go out again after an import or a hold"), world)
    .addHelpText("after", "\nExample:\n  ithaca go-live --stack Ithaca")
    .action(async ({ stack }: StackOption) => {
      const [{ openDesk }, { goLive }] = await Promise.all([import("./open-desk.ts"), import("./go-live.ts")]);
      const { store } = await openDesk(world, stack);
      await goLive(store);
      world.out.write(`${stack} is live.\n`);
    });
}

function addHold(program: Command, world: World): void {
  withStack(program.command("hold").description("keep all mail back until go-live"), world)
    .option("--restored", "the table was restored from a backup: begin a new epoch, so that no number repeats")
    .addHelpText(
      "after",
      `
Messages are taken in and clocks run on; what is owed goes out after go-live. Hold a desk before the export with which it
moves: what goes out after an export goes out again where it is imported.
Examples:
  ithaca hold && ithaca export moving
  ithaca hold --restored`,
    )
    .action(async ({ stack, restored }: StackOption & { restored?: boolean }) => {
      const { openDesk } = await import("./open-desk.ts");
      const { store } = await openDesk(world, stack);
      await (restored === true ? store.desk.bumpEpoch() : store.desk.hold());
      world.out.write(`${stack} is held: nothing goes out until "ithaca go-live".\n`);
    });
}

function addExport(program: Command, world: World): void {
  withStack(program.command("export <folder>").description("write everything that a desk holds to files"), world)
    .addHelpText(
      "after",
      "\nThe desk may be running. An export that was cut off goes on where it stopped.\nA desk that moves is held first: see ithaca hold --help.\nA message whose long text is missing is exported without it and named; the command then ends with 1.\nExample:\n  ithaca export backup-2026-03-01",
    )
    .option("--allow-missing", "end with 0 although texts of messages are missing")
    .action(async (folder: string, { stack, allowMissing }: StackOption & { allowMissing?: boolean }) => {
      const [{ openDesk }, { exportDesk }, { exportSignIns }] = await Promise.all([
        import("./open-desk.ts"),
        import("@ithaca/store"),
        import("./sign-ins.ts"),
      ]);
      const { store, users, outputs, now } = await openDesk(world, stack);
      const signIns = await exportSignIns(folder, { directory: store.directory, users, outputs });
      const { counts, missingTexts } = await exportDesk(store, {
        directory: folder,
        exportedAt: now(),
        onProgress: (so) => world.err.write(`${counted(so)} …\n`),
      });
      world.out.write(`Exported to ${printableLine(folder)}: ${counted(counts)}, ${signIns} sign-ins.\n`);
      if (missingTexts === undefined) return;
      const missing = missingTextsSentence(missingTexts);
      if (allowMissing !== true) throw new Failure(missing);
      world.err.write(`${missing}\n`);
    });
}

type ImportOptions = StackOption & { readonly passwordEnv?: string; readonly abandon?: boolean };

async function giveUpImport(world: World, stack: string): Promise<void> {
  const [{ openDesk }, { abandonImport }] = await Promise.all([import("./open-desk.ts"), import("@ithaca/store")]);
  const { store } = await openDesk(world, stack);
  const given = await abandonImport(store);
  if (given === undefined) throw new Failure(`${stack} has no import that is not finished.`, EXIT.notThere);
  for (const part of given.done) world.out.write(`part\t${part}\tbrought in\n`);
  world.out.write(
    `The import of ${given.exportId} is given up after ${given.done.length} whole parts. What it brought in stays; the part it was cut off in may be there in part.\n`,
  );
}

function addImport(program: Command, world: World): void {
  withStack(program.command("import [folder]").description("bring an export into a freshly deployed desk"), world)
    .option("--abandon", "give up an import that is not finished, and say what it brought in")
    .option("--password-env <name>", "the environment variable with the password of the users that must be made")
    .addHelpText(
      "after",
      `
Everything outbound is held until "ithaca go-live". What is there already is left alone, so an import that was cut off
can be started again. Users of the export who are not in the user pool are made; without --password-env they must have
their password reset. An import that is not finished keeps others from being begun, and the desk from going live; what
it brought in stays when it is given up.
Examples:
  ithaca import backup-2026-03-01 && ithaca go-live
  ithaca import --abandon`,
    )
    .action(async (folder: string | undefined, { stack, passwordEnv, abandon }: ImportOptions) => {
      if ((folder === undefined) === (abandon !== true)) {
        throw new Failure("Give the folder of an export, or --abandon, one of them.", EXIT.usage);
      }
      if (folder === undefined) return await giveUpImport(world, stack);
      const password = passwordOf(world, passwordEnv);
      const [{ openDesk }, { importDesk }, { importSignIns }] = await Promise.all([
        import("./open-desk.ts"),
        import("@ithaca/store"),
        import("./sign-ins.ts"),
      ]);
      const { store, users, outputs, now } = await openDesk(world, stack);
      const { epoch, already } = await importDesk(store, {
        directory: folder,
        now: now(),
        onPart: (done, of) => world.err.write(`part ${done} of ${of}\n`),
      });
      const { made, bound } = await importSignIns(folder, { directory: store.directory, users, outputs }, password);
      for (const username of made) world.out.write(`user\t${printableLine(username)}\tmade\n`);
      world.out.write(
        `${already ? "Was imported before" : "Imported"}: epoch ${epoch}, ${bound} sign-ins bound anew.\n`,
      );
      world.out.write('Nothing goes out until "ithaca go-live".\n');
    });
}

function counted(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([noun, count]) => `${count} ${noun}`);
  return parts.length === 0 ? "nothing" : parts.join(", ");
}
