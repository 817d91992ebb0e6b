import { TABLE_SHAPE } from "@ithaca/store";
import { describe, expect, test } from "vitest";
import { deskTemplates, referred, resourcesOf } from "./desk-templates.ts";

const { data, desk } = deskTemplates();
const tables = resourcesOf(data, "AWS::DynamoDB::GlobalTable");
const buckets = resourcesOf(data, "AWS::S3::Bucket");
const pools = resourcesOf(data, "AWS::Cognito::UserPool");

describe("the table", () => {
  test("is one, named after the stack", () => {
    expect(tables.map(([, { Properties }]) => Properties.TableName)).toEqual(["Ithaca"]);
  });

  test.each(tables)("%s has the keys, the indexes and the expiry that the store works with", (_, { Properties }) => {
    const keys = (pk: string, sk: string) => [
      { AttributeName: pk, KeyType: "HASH" },
      { AttributeName: sk, KeyType: "RANGE" },
    ];
    expect(Properties.KeySchema).toEqual(keys(TABLE_SHAPE.partitionKey, TABLE_SHAPE.sortKey));
    expect(Properties.GlobalSecondaryIndexes).toEqual(
      TABLE_SHAPE.indexes.map(({ name, partitionKey, sortKey }) => ({
        IndexName: name,
        KeySchema: keys(partitionKey, sortKey),
        Projection: { ProjectionType: "ALL" },
      })),
    );
    const attributes = Properties.AttributeDefinitions;
    expect(attributes).toHaveLength(2 + 2 * TABLE_SHAPE.indexes.length);
    expect(new Set(attributes.map(({ AttributeType }: { AttributeType: string }) => AttributeType))).toEqual(
      new Set(["S"]),
    );
    expect(Properties.TimeToLiveSpecification).toEqual({
      AttributeName: TABLE_SHAPE.timeToLiveAttribute,
      Enabled: true,
    });
    expect(Properties.StreamSpecification).toEqual({ StreamViewType: TABLE_SHAPE.streamViewType });
  });

  test.each(tables)(
    "%s is paid by use, encrypted, protected, recoverable, and kept when the stack goes",
    (_, table) => {
      expect(table).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      expect(table.Properties).toMatchObject({
        BillingMode: "PAY_PER_REQUEST",
        SSESpecification: { SSEEnabled: true, SSEType: "KMS" },
      });
      expect(table.Properties.Replicas).toHaveLength(1);
      for (const replica of table.Properties.Replicas) {
        expect(replica).toMatchObject({
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        });
      }
    },
  );
});

describe("a bucket", () => {
  test.each(buckets)("%s is encrypted, closed to the public, and kept when the stack goes", (_, bucket) => {
    expect(bucket).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    expect(bucket.Properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [expect.anything()] },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test.each(buckets)("%s gives and takes nothing but by TLS", (id) => {
    const policies = resourcesOf(data, "AWS::S3::BucketPolicy").filter(
      ([, { Properties }]) => referred(Properties.Bucket) === id,
    );
    expect(policies.flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)).toContainEqual(
      expect.objectContaining({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    );
  });
});

describe("who may sign in", () => {
  test.each(pools)("%s is told by the desk alone, and kept when the stack goes", (_, pool) => {
    expect(pool).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    expect(pool.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: "ACTIVE",
    });
  });

  test("people and machines have clients apart: a machine's has a secret and one scope, a person's no OAuth", () => {
    const clients = resourcesOf(data, "AWS::Cognito::UserPoolClient").map(([, { Properties }]) => Properties);
    const machines = clients.filter(({ GenerateSecret }) => GenerateSecret === true);
    expect(machines.map(({ ClientName }) => ClientName).toSorted()).toEqual([
      "Chat",
      "Email",
      "EmergencyLine",
      "Phone",
      "Portal",
    ]);
    for (const machine of machines) {
      expect(machine.AllowedOAuthFlows).toEqual(["client_credentials"]);
      expect(machine.AllowedOAuthScopes).toHaveLength(1);
      expect(machine.ExplicitAuthFlows).toEqual(["ALLOW_REFRESH_TOKEN_AUTH"]);
    }
    const people = clients.filter(({ GenerateSecret }) => GenerateSecret !== true);
    expect(people).toHaveLength(1);
    expect(people[0]).toMatchObject({ AllowedOAuthFlowsUserPoolClient: false, PreventUserExistenceErrors: "ENABLED" });
  });
});

describe("what a deployment may throw away", () => {
  test("holds no table, bucket or user pool", () => {
    for (const type of [
      "AWS::DynamoDB::GlobalTable",
      "AWS::DynamoDB::Table",
      "AWS::S3::Bucket",
      "AWS::Cognito::UserPool",
    ]) {
      expect(desk.findResources(type)).toEqual({});
    }
  });
});

describe("on the local cloud", () => {
  const local = deskTemplates({ local: "true" });

  test.each(["AWS::DynamoDB::GlobalTable", "AWS::S3::Bucket", "AWS::Cognito::UserPool"])(
    "a %s goes with its stack",
    (type) => {
      for (const [, resource] of resourcesOf(local.data, type)) expect(resource.DeletionPolicy).toBe("Delete");
    },
  );
});
