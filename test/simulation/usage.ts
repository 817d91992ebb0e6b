import { DEFAULTS } from "./options.ts";

/** What `npm run simulate -- --help` prints. */
export const USAGE = `npm run simulate -- [options]      lives through worlds in which everything fails, and checks the laws

  --case-days N      worlds until N days of open cases are lived through, or some more (default ${DEFAULTS["case-days"]})
  --seed S           the first world's seed (default ${DEFAULTS.seed}); each further world has the next
  --days N --stories M
                     worlds of just that size: N days on which customers come, M stories. Without --case-days and
                     --until-failure one such world
  --calm             nothing goes wrong
  --stormy           some kinds of faults are ten times as frequent, up to one occasion in four: which ones follows from the seed
  --without A,B      without these kinds of faults (world/faults.ts), or without upkeep: what those do who run the desk
  --until-failure    goes on, world after world, until a law is broken
  --mutant M         breaks the code as the mutant M says (test/simulation/mutants); a law must be broken
  --workers N        how many threads (default ${DEFAULTS.workers})
  --shrink-minutes N how long a broken world is made shorter for (default ${DEFAULTS["shrink-minutes"]}; 0: not at all)
  --json             one line of JSON at the end instead of progress: each violation with its replay line, none made shorter

npm run simulate -- --replay          lives through one world until it breaks a law, and makes it shorter

  The line is printed with each violation:
  --replay --seed S --days N --stories M [--calm|--stormy] [--only 3,17:0.2] [--without A,B] [--mutant M]
  --only             only these stories, and of a story with a colon only these steps
  --case-days N      instead of --days and --stories: the size that the world of that seed has in such a run
  --shrink-minutes N as above
  --json             the violation, the shortest history that was found, and the lines that replay both

npm run simulate -- --determinism N   lives through N worlds twice, in two processes, one under load: the same, byte for byte

  --seed --days --stories --calm --stormy --without --mutant --json as above; the worlds are small unless their size is given

npm run simulate -- --mutants         each mutant in turn, in worlds of the judge's own, until a law is broken

  --mutant A,B       only these
  --workers --json   as above

Exit codes: 0 no law was broken (with --mutant or --mutants: each mutant was caught, and the code as it is broke no law);
            1 a law was broken (a replay: with a mutant too), a mutant survived, or a seed gave two histories;
            2 the options are wrong: nothing was run.
`;
