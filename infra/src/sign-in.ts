import { Aws, Duration } from "aws-cdk-lib";
import {
  AccountRecovery,
  type CfnUserPoolClient,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  type UserPoolClient,
  UserPoolDomain,
  type UserPoolResourceServer,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { removalPolicy } from "./removal-policy.ts";
import type { ChannelClient, Settings } from "./settings.ts";

const PASSWORD_LENGTH_MIN = 12;
const INVITATION_DAYS = 1;
const ACCESS_TOKEN_MINUTES = 60;
/** Cognito charges for each token of a machine; whether it may still speak is looked up each time, by its subject. */
const MACHINE_TOKEN_HOURS = 12;
const SIGNED_IN_DAYS = 30;

interface SignInProps {
  readonly settings: Settings;
}

/**
 * Who may ask the API for anything: people by name and password, channels as machines.
 * What they may do is not said here but in our own directory, found by the token's subject.
 */
export class SignIn extends Construct {
  readonly userPool: UserPool;
  /** The client of people: the command and the desk. */
  readonly people: UserPoolClient;
  /** The machines of the channels, by the name under which an output tells their client's id. */
  readonly channels: ReadonlyMap<ChannelClient, UserPoolClient>;
  /** What tokens carry as `iss`. */
  readonly issuer: string;
  /** Where machines get their tokens. */
  readonly tokenUrl: string;

  constructor(scope: Construct, id: string, { settings }: SignInProps) {
    super(scope, id);
    this.userPool = this.#userPool(settings);
    this.issuer = `https://cognito-idp.${Aws.REGION}.amazonaws.com/${this.userPool.userPoolId}`;
    this.people = this.#peopleClient();

    const writeMessages = new ResourceServerScope({
      scopeName: "messages.write",
      scopeDescription: "Bring messages in through the channels that the machine is configured for",
    });
    const server = this.userPool.addResourceServer("Ithaca", { identifier: "ithaca", scopes: [writeMessages] });
    this.channels = new Map(
      settings.channels.map((channel) => [channel, this.#channelClient(channel, server, writeMessages)]),
    );

    // The prefix is unique in the region among all accounts of AWS.
    const domainPrefix = `${settings.name.toLowerCase()}-${Aws.ACCOUNT_ID}`;
    const domain = new UserPoolDomain(this, "Domain", { userPool: this.userPool, cognitoDomain: { domainPrefix } });
    this.tokenUrl = `${domain.baseUrl()}/oauth2/token`;
  }

  #userPool(settings: Settings): UserPool {
    return new UserPool(this, "Users", {
      userPoolName: settings.name,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      // Neither can be changed later: capitals in an address are no other person, and everybody has an address.
      signInCaseSensitive: false,
      standardAttributes: { email: { required: true, mutable: true } },
      autoVerify: { email: true },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: PASSWORD_LENGTH_MIN, tempPasswordValidity: Duration.days(INVITATION_DAYS) },
      deletionProtection: !settings.local,
      removalPolicy: removalPolicy(settings),
    });
  }

  #peopleClient(): UserPoolClient {
    return this.userPool.addClient("People", {
      userPoolClientName: "people",
      authFlows: { userPassword: true, userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      accessTokenValidity: Duration.minutes(ACCESS_TOKEN_MINUTES),
      idTokenValidity: Duration.minutes(ACCESS_TOKEN_MINUTES),
      refreshTokenValidity: Duration.days(SIGNED_IN_DAYS),
    });
  }

  #channelClient(channel: ChannelClient, server: UserPoolResourceServer, scope: ResourceServerScope): UserPoolClient {
    const client = this.userPool.addClient(channel, {
      userPoolClientName: channel,
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(server, scope)] },
      accessTokenValidity: Duration.hours(MACHINE_TOKEN_HOURS),
      enableTokenRevocation: true,
    });
    // Left out, Cognito would also let people sign in through the machine's client.
    const resource = client.node.defaultChild as CfnUserPoolClient;
    resource.explicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"];
    return client;
  }

  /** Every client whose tokens the API takes. */
  get clients(): readonly UserPoolClient[] {
    return [this.people, ...this.channels.values()];
  }
}
