import type { Manifest } from "@ithaca/functions/manifest";
import { ArnFormat, CfnOutput, Stack, type StackProps } from "aws-cdk-lib";
import { EventBus } from "aws-cdk-lib/aws-events";
import type { Code } from "aws-cdk-lib/aws-lambda";
import { EmailIdentity, Identity } from "aws-cdk-lib/aws-ses";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { Alarms } from "./alarms.ts";
import { Api, type PagePlaces, type RoutePlaces } from "./api.ts";
import { CaseTimer } from "./case-timer.ts";
import { DeskDashboard } from "./dashboard.ts";
import { type DataStack, INDEX_NAMES } from "./data-stack.ts";
import { DeskFunction } from "./desk-function.ts";
import { byReaction, type DeskQueues, makeQueues } from "./desk-queues.ts";
import type { DeskEnvironment } from "./manifests.ts";
import type { Grantable } from "./permissions.ts";
import { PromiseAlarms } from "./promise-alarms.ts";
import { Scheduled } from "./scheduled.ts";
import type { Settings } from "./settings.ts";
import { StreamPublisher } from "./stream-publisher.ts";

/** What the stack is made of besides its data. */
export interface DeskParts {
  readonly manifests: readonly Manifest[];
  readonly routes: RoutePlaces;
  readonly pages: PagePlaces;
  /** The bundle of a function. */
  readonly codeOf: (manifest: Manifest) => Code;
}

interface DeskStackProps extends StackProps {
  readonly settings: Settings;
  readonly data: DataStack;
  readonly parts: DeskParts;
}

/** Everything that can be thrown away and deployed again: functions, queues, rules, timers and the API. */
export class DeskStack extends Stack {
  readonly #settings: Settings;
  readonly #data: DataStack;
  readonly #bus: EventBus;
  readonly #alarms: Alarms;
  readonly #api: Api;
  readonly #queues: DeskQueues;
  readonly #timer: CaseTimer;
  /** The dead letters of each function that runs by the clock, by its name. */
  readonly #failedRuns = new Map<string, IQueue>();

  constructor(scope: Construct, id: string, { settings, data, parts, ...props }: DeskStackProps) {
    super(scope, id, props);
    this.#settings = settings;
    this.#data = data;
    this.#bus = new EventBus(this, "Bus", { eventBusName: settings.name });
    this.#alarms = new Alarms(this, "Alarms");
    const alarms = this.#alarms;
    this.#api = new Api(this, "Api", { signIn: data.signIn, alarms, settings });
    this.#queues = makeQueues(this, { manifests: parts.manifests, alarms, settings });
    this.#timer = new CaseTimer(this, "CaseTimer", { wakeUps: this.#queues.named("wake-ups").queue, alarms, settings });

    this.#allowSender();
    const grantable = this.#grantable();
    const environment = { ...this.#environment() };
    const functions = parts.manifests.map((manifest) => {
      const code = parts.codeOf(manifest);
      const desk = new DeskFunction(this, manifest.name, { manifest, code, environment, grantable, settings });
      this.#connect(desk, parts);
      return desk;
    });
    this.#show(functions);
    this.#tell();
  }

  /**
   * The local cloud sends from an identity of SES alone, as AWS does. On AWS the desk's domain is verified by whoever owns
   * its DNS, and belongs to no stack.
   */
  #allowSender(): void {
    const { local, sender } = this.#settings;
    if (local && sender !== "") new EmailIdentity(this, "Sender", { identity: Identity.email(sender) });
  }

  /** Connects a function to what starts it. */
  #connect(desk: DeskFunction, { routes, pages }: DeskParts): void {
    const [settings, alarms] = [this.#settings, this.#alarms];
    const { name, trigger } = desk.manifest;
    switch (trigger.kind) {
      case "route":
        this.#api.answers(trigger.route, routes[trigger.route], desk);
        break;
      case "routes":
        for (const route of trigger.routes) this.#api.answers(route, routes[route], desk);
        break;
      case "pages":
        for (const page of trigger.pages) this.#api.shows(page, pages[page], desk);
        break;
      case "events": {
        const queue = this.#queues.before(desk.manifest);
        queue.takes(trigger.events, this.#bus, `${settings.name}-${name}`);
        queue.starts(desk);
        break;
      }
      case "queue":
        this.#queues.before(desk.manifest).starts(desk);
        break;
      case "stream": {
        const { table, unpublished } = this.#data;
        new StreamPublisher(this, `${name}-stream`, { publisher: desk, table, unpublished, alarms, settings });
        break;
      }
      case "schedule": {
        const { everyMinutes } = trigger;
        const schedule = new Scheduled(this, `${name}-schedule`, { runs: desk, everyMinutes, alarms, settings });
        this.#failedRuns.set(name, schedule.deadLetters);
        break;
      }
    }
  }

  /** Alarms for the desk as a whole, and the page that shows them all. */
  #show(desks: readonly DeskFunction[]): void {
    const [settings, alarms] = [this.#settings, this.#alarms];
    const { tableName } = this.#data.table;
    const timer = this.#timer.machine;
    const { metrics } = new PromiseAlarms(this, "Promises", { tableName, timer, alarms, settings });
    new DeskDashboard(this, "Overview", {
      alarms,
      graphs: {
        "Breaches: recorded after their instant (ms)": metrics.lateness,
        "Owed: the longest, and what was given up": metrics.owed,
        "Reconciler: what it had to do again": metrics.found,
        "Turned away by AWS": metrics.throttled,
        ...this.#api.graphs,
      },
      functions: new Map(desks.map(({ manifest, lambda }) => [manifest.name, lambda])),
      queues: new Map(this.#queues.all.map(({ shortName, queue }) => [shortName, queue])),
      settings,
    });
  }

  #grantable(): Grantable {
    const { tableArn: table } = this.#data.table;
    return {
      table,
      indexes: INDEX_NAMES.map((name) => `${table}/index/${name}`),
      content: this.#data.content.bucketArn,
      bus: this.#bus.eventBusArn,
      mailIdentities: this.formatArn({
        service: "ses",
        resource: "identity",
        resourceName: "*",
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
      sender: this.#settings.sender,
      timer: this.#timer.machine.stateMachineArn,
      wakeUps: this.#queues.named("wake-ups").queue.queueArn,
      previews: this.#queues.named("previews").queue.queueArn,
      reactions: Object.values(byReaction(this.#queues, ({ queue }) => queue.queueArn)),
    };
  }

  #environment(): DeskEnvironment {
    return {
      TABLE_NAME: this.#data.table.tableName,
      CONTENT_BUCKET: this.#data.content.bucketName,
      BUS_NAME: this.#bus.eventBusName,
      MAIL_FROM: this.#settings.sender,
      TIMER_ARN: this.#timer.machine.stateMachineArn,
      WAKE_QUEUE_URL: this.#queues.named("wake-ups").queue.queueUrl,
      PREVIEW_QUEUE_URL: this.#queues.named("previews").queue.queueUrl,
      REACTION_QUEUES: this.toJsonString(byReaction(this.#queues, ({ queue }) => queue.queueUrl)),
      RULES_REFRESH_SECONDS: String(this.#settings.rulesRefreshSeconds),
      RECONCILE_GRACE_SECONDS: String(this.#settings.reconcileGraceSeconds),
      DESK_URL: this.#settings.deskUrl ?? this.#api.url,
    };
  }

  /** Outputs, by which commands and operators find the parts of the desk. */
  #tell(): void {
    const { signIn, table, content } = this.#data;
    const queues = this.#queues.all.map(({ shortName, queue, deadLetters }) => [
      shortName,
      { url: queue.queueUrl, deadLettersUrl: deadLetters.queueUrl },
    ]);
    const failedRuns = [...this.#failedRuns].map(([name, { queueUrl }]) => [name, { deadLettersUrl: queueUrl }]);
    const outputs: Readonly<Record<string, string>> = {
      ApiUrl: this.#api.url,
      UserPoolId: signIn.userPool.userPoolId,
      UserPoolClientId: signIn.people.userPoolClientId,
      TokenUrl: signIn.tokenUrl,
      ...Object.fromEntries(
        [...signIn.channels].map(([channel, { userPoolClientId }]) => [`ChannelClientId${channel}`, userPoolClientId]),
      ),
      TableName: table.tableName,
      ContentBucketName: content.bucketName,
      BusName: this.#bus.eventBusName,
      TimerArn: this.#timer.machine.stateMachineArn,
      WakeQueueUrl: this.#queues.named("wake-ups").queue.queueUrl,
      AlarmTopicArn: this.#alarms.topic.topicArn,
      RulesRefreshSeconds: String(this.#settings.rulesRefreshSeconds),
      Queues: this.toJsonString(Object.fromEntries([...queues, ...failedRuns])),
      // An output cannot be empty: one that is not there tells that mail is off.
      ...(this.#settings.sender !== "" && { MailFrom: this.#settings.sender }),
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
