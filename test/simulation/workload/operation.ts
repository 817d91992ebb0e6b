import type { Chance } from "../world/chance.ts";
import type { ApiAnswer, ApiRequest, World } from "../world/world.ts";
import type { AgentOnDesk, Cast, Customer } from "./cast.ts";

/** A message that was sent to the desk, and what became of it as far as its sender knows. */
export interface SentMessage {
  readonly story: number;
  readonly channel: string;
  readonly channelMessageId: string;
  readonly text: string;
  readonly subject: string | undefined;
  readonly automatic: boolean;
  /** Undefined until the desk said that it has it. */
  receipt?: { caseId: string; number: string; messageId: string; joined: boolean };
}

/** What happens between one customer and the desk over one matter. */
export interface Story {
  readonly id: number;
  readonly customer: Customer;
  readonly channel: string;
  readonly priority: string | undefined;
  readonly steps: readonly Step[];
  /** The number that the customer was told. */
  number?: string;
  sent: number;
}

/** One operation at its time. */
export interface Step {
  readonly id: number;
  readonly operation: string;
  readonly at: number;
}

/** What an operation acts with. */
export interface Acting {
  readonly world: World;
  readonly cast: Cast;
  readonly story: Story;
  readonly chance: Chance;
  readonly agent: AgentOnDesk;
  /** Words that nobody else writes. */
  readonly once: string;
  /** Asks until there is an answer, under one name; faults and silence are asked again for a day. */
  ask(request: ApiRequest, then?: (answer: ApiAnswer) => void): void;
  /** Changes the case on the version that was just read, and again when it was stale. */
  change(request: Omit<ApiRequest, "params">, params?: Readonly<Record<string, string>>): void;
  /** Does something else some hours later, as whoever takes back what was a mistake. */
  later(act: () => void): void;
  /** The numbers of other cases of the customer's account. */
  others(): readonly string[];
  /** Sends a message of the customer's, and remembers it; gives what the channel calls it. */
  send(message: MessageToSend): { channelMessageId: string };
  /** Says that something happened that must not. */
  violated(law: string, what: string): void;
}

export interface MessageToSend {
  readonly channel: string;
  readonly text: string;
  readonly subject?: string;
  readonly priority?: string | undefined;
  readonly caseNumber?: string | undefined;
  readonly automatic?: boolean;
  /** Sends an earlier message again, as a channel does that heard no answer. */
  readonly again?: { readonly channelMessageId: string };
}

/** In how many stories something is done, and how soon: as long as the story lasts when it is not said. */
interface Beside {
  readonly share: number;
  readonly withinMs?: number;
}

/** Something that somebody does. One file each; `operations.ts` lists them. */
export interface Operation {
  readonly name: string;
  /** How often it is chosen for a story, against the others; 0: only by name. */
  readonly weight: number;
  /** Done beside what a story is made of, drawn apart, so that no other step is moved by it. */
  readonly beside?: Beside;
  /** Whether it can be done on a story. */
  suits?(story: { customer: Customer; channel: string }): boolean;
  run(acting: Acting): void;
}
