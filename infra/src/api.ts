import { CROSS_ORIGIN, type PageId, type RouteId } from "@ithaca/contracts";
import { Duration, Lazy, RemovalPolicy } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  type CfnStage,
  CorsHttpMethod,
  type CorsPreflightOptions,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { IMetric } from "aws-cdk-lib/aws-cloudwatch";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { ALARM_PERIOD, type Alarms } from "./alarms.ts";
import { type DeskFunction, LOGS_KEPT } from "./desk-function.ts";
import type { Settings } from "./settings.ts";
import type { SignIn } from "./sign-in.ts";

/** Requests a second that the whole API takes, and how many at once on top; more are answered 429. */
const RATE_LIMIT = 200;
const BURST_LIMIT = 400;
/** The same for one public page, so that no crowd of strangers can use up what the desk works with. */
const PAGE_LIMITS = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 } as const;

/** Who asked for what and how it went; nothing that anybody wrote. */
const ACCESS_LOG = {
  requestId: "$context.requestId",
  at: "$context.requestTimeEpoch",
  route: "$context.routeKey",
  status: "$context.status",
  latencyMs: "$context.responseLatency",
  subject: "$context.authorizer.claims.sub",
  authorizer: "$context.authorizer.error",
  integration: "$context.integrationErrorMessage",
} as const;

/** Where a route or a page is, as contracts say. */
export interface Place {
  readonly method: keyof typeof HttpMethod;
  readonly path: string;
}
export type RoutePlaces = Readonly<Record<RouteId, Place>>;
export type PagePlaces = Readonly<Record<PageId, Place>>;

interface ApiProps {
  readonly signIn: SignIn;
  readonly alarms: Alarms;
  readonly settings: Settings;
}

/** The HTTP API: each route of the contracts to the function that answers it, none without a token, and public pages. */
export class Api extends Construct {
  readonly api: HttpApi;
  readonly #authorizer: HttpJwtAuthorizer;
  readonly #stage: CfnStage;
  readonly #pageLimits: Record<string, typeof PAGE_LIMITS> = {};

  constructor(scope: Construct, id: string, { signIn, alarms, settings }: ApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, "Api", {
      apiName: settings.name,
      createDefaultStage: false,
      ...(settings.origins.length > 0 && { corsPreflight: letIn(settings.origins) }),
    });
    this.#authorizer = new HttpJwtAuthorizer("Tokens", signIn.issuer, {
      jwtAudience: signIn.clients.map(({ userPoolClientId }) => userPoolClientId),
    });

    const logs = new LogGroup(this, "AccessLogs", {
      logGroupName: `/aws/vendedlogs/apis/${settings.name}`,
      retention: LOGS_KEPT,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, "Stage", {
      httpApi: this.api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: RATE_LIMIT, burstLimit: BURST_LIMIT },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    this.#stage = stage.node.defaultChild as CfnStage;
    this.#stage.routeSettings = Lazy.any({ produce: () => this.#pageLimits });
    alarms.watch(this, "FaultAlarm", {
      metric: this.api.metricServerError({ period: ALARM_PERIOD, statistic: "sum" }),
      meaning: "the API answered with a fault of its own: see the access log for the route, then its function's log",
    });
  }

  /** Where the API is: `/v1/…` follows. */
  get url(): string {
    return this.api.apiEndpoint;
  }

  /** What the API did, by the title of a graph. */
  get graphs(): Readonly<Record<string, readonly IMetric[]>> {
    return {
      "API: requests, refused and failed": [
        this.api.metricCount(),
        this.api.metricClientError(),
        this.api.metricServerError(),
      ],
      "API: time to answer (ms)": [
        this.api.metricLatency({ statistic: "p50", label: "p50" }),
        this.api.metricLatency({ statistic: "p99", label: "p99" }),
      ],
    };
  }

  /** Lets a function answer a route, to those who have a token. */
  answers(id: RouteId, place: Place, desk: DeskFunction): void {
    this.#connect(id, place, desk, this.#authorizer);
  }

  /** Lets a function show a page, to anybody. */
  shows(id: PageId, place: Place, desk: DeskFunction): void {
    const route = this.#connect(id, place, desk, new HttpNoneAuthorizer());
    this.#pageLimits[`${place.method} ${place.path}`] = PAGE_LIMITS;
    // Limits of a route that is not there yet are refused.
    this.#stage.node.addDependency(route);
  }

  #connect(id: string, { method, path }: Place, { lambda }: DeskFunction, authorizer: IHttpRouteAuthorizer): HttpRoute {
    return new HttpRoute(this, id, {
      httpApi: this.api,
      routeKey: HttpRouteKey.with(path, HttpMethod[method]),
      integration: new HttpLambdaIntegration(`${id}-integration`, lambda),
      authorizer,
    });
  }
}

/** What the gateway tells browsers about pages of some origins; those of others it tells nothing, so they get nothing. */
function letIn(origins: readonly string[]): CorsPreflightOptions {
  const { methods, requestHeaders, answerHeaders, maxAgeSeconds } = CROSS_ORIGIN;
  return {
    allowOrigins: [...origins],
    allowMethods: methods.map((method) => CorsHttpMethod[method]),
    allowHeaders: [...requestHeaders],
    exposeHeaders: [...answerHeaders],
    maxAge: Duration.seconds(maxAgeSeconds),
  };
}
