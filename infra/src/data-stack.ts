import { Duration, Stack, type StackProps } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from "aws-cdk-lib/aws-dynamodb";
import { BlockPublicAccess, Bucket, BucketEncryption } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import { removalPolicy } from "./removal-policy.ts";
import type { Settings } from "./settings.ts";
import { SignIn } from "./sign-in.ts";

/** The table's indexes (store/keys.ts): generic, so that another view of the cases is no other index. */
export const INDEX_NAMES = ["gsi1", "gsi2", "gsi3", "gsi4"] as const;

/** How long a version of an object that was overwritten or deleted can still be had. */
const OLD_VERSION_DAYS = 30;
/** How long records that the stream gave up are kept for whoever mends the cause. */
const UNPUBLISHED_DAYS = 90;

interface DataStackProps extends StackProps {
  readonly settings: Settings;
}

/**
 * Everything that must outlive a deployment: what the desk knows, what people wrote, and who may sign in.
 * On AWS none of it goes away with the stack.
 */
export class DataStack extends Stack {
  readonly table: TableV2;
  /** Texts too long for an item, and later raw mail and attachments. */
  readonly content: Bucket;
  /** Records of the table's stream that could not be published. */
  readonly unpublished: Bucket;
  readonly signIn: SignIn;

  constructor(scope: Construct, id: string, { settings, ...props }: DataStackProps) {
    super(scope, id, { ...props, terminationProtection: !settings.local });

    this.table = deskTable(this, settings);
    this.content = bucket(this, "Content", settings, { versioned: true });
    this.unpublished = bucket(this, "Unpublished", settings, { versioned: true, keptDays: UNPUBLISHED_DAYS });
    this.signIn = new SignIn(this, "SignIn", { settings });
  }
}

function deskTable(scope: Construct, settings: Settings): TableV2 {
  const string = (name: string) => ({ name, type: AttributeType.STRING });
  return new TableV2(scope, "Table", {
    // With a name of its own: a template that would replace the table by an empty one fails instead.
    tableName: settings.name,
    partitionKey: string("pk"),
    sortKey: string("sk"),
    globalSecondaryIndexes: INDEX_NAMES.map((indexName) => ({
      indexName,
      partitionKey: string(`${indexName}pk`),
      sortKey: string(`${indexName}sk`),
      projectionType: ProjectionType.ALL,
    })),
    billing: Billing.onDemand(),
    timeToLiveAttribute: "expiresAt",
    dynamoStream: StreamViewType.NEW_IMAGE,
    encryption: TableEncryptionV2.awsManagedKey(),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: !settings.local,
    removalPolicy: removalPolicy(settings),
  });
}

function bucket(
  scope: Construct,
  id: string,
  settings: Settings,
  { versioned = false, keptDays }: { versioned?: boolean; keptDays?: number },
): Bucket {
  return new Bucket(scope, id, {
    encryption: BucketEncryption.S3_MANAGED,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned,
    removalPolicy: removalPolicy(settings),
    lifecycleRules: [
      {
        abortIncompleteMultipartUploadAfter: Duration.days(1),
        ...(versioned && { noncurrentVersionExpiration: Duration.days(OLD_VERSION_DAYS) }),
        ...(keptDays !== undefined && { expiration: Duration.days(keptDays) }),
      },
    ],
  });
}
