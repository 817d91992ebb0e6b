import { Duration } from "aws-cdk-lib";
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  type Metric,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Alarms } from "./alarms.ts";
import type { Settings } from "./settings.ts";

const PERIOD = Duration.minutes(5);
const WHOLE_WIDTH = 24;
const HALF_WIDTH = 12;
const INTRODUCTION_HEIGHT = 2;

interface DeskDashboardProps {
  readonly alarms: Alarms;
  /** What the whole desk counts and measures, by the title of its graph. */
  readonly graphs: Readonly<Record<string, readonly IMetric[]>>;
  /** Every function, by its short name. */
  readonly functions: ReadonlyMap<string, IFunction>;
  /** Every queue before a function, by its short name. */
  readonly queues: ReadonlyMap<string, IQueue>;
  readonly settings: Settings;
}

/** One page for whoever keeps the desk running: its alarms first, then what they are about. */
export class DeskDashboard extends Construct {
  constructor(scope: Construct, id: string, { alarms, graphs, functions, queues, settings }: DeskDashboardProps) {
    super(scope, id);
    const dashboard = new Dashboard(this, "Dashboard", { dashboardName: settings.name });
    const row = (...widgets: IWidget[]) => dashboard.addWidgets(...widgets);

    row(introduction(settings));
    row(new AlarmStatusWidget({ title: "Alarms", width: WHOLE_WIDTH, alarms: [...alarms.all] }));
    row(...Object.entries(graphs).map(([title, metrics]) => graph(title, metrics)));
    row(
      graph(
        "Queues: age of the oldest message (s)",
        [...queues].map(([name, queue]) => ageOf(name, queue)),
      ),
      graph(
        "Functions: calls at once",
        [...functions].map(([name, one]) => concurrencyOf(name, one)),
      ),
    );
    row(
      graph(
        "Functions: errors",
        [...functions].map(([name, one]) => ofFunction(name, one.metricErrors({ period: PERIOD }))),
      ),
      graph(
        "Functions: p95 duration (ms)",
        [...functions].map(([name, one]) => durationOf(name, one)),
      ),
    );
  }
}

function introduction({ name }: Settings): TextWidget {
  const markdown = `# ${name}\nWhat each alarm means is in its description; what to do is in docs/operations.md. \`ithaca doctor --stack ${name}\` looks at all of it at once.`;
  return new TextWidget({ markdown, width: WHOLE_WIDTH, height: INTRODUCTION_HEIGHT });
}

function graph(title: string, metrics: readonly IMetric[]): GraphWidget {
  return new GraphWidget({ title, width: HALF_WIDTH, left: [...metrics] });
}

function ageOf(label: string, queue: IQueue): IMetric {
  return queue.metricApproximateAgeOfOldestMessage({ period: PERIOD, statistic: "max", label });
}

function concurrencyOf(label: string, lambda: IFunction): IMetric {
  return lambda.metric("ConcurrentExecutions", { period: PERIOD, statistic: "max", label });
}

function durationOf(label: string, lambda: IFunction): IMetric {
  return lambda.metricDuration({ period: PERIOD, statistic: "p95", label });
}

function ofFunction(label: string, metric: Metric): IMetric {
  return metric.with({ label });
}
