import {
  CreateBackupCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  GetItemCommand,
  PutItemCommand,
  RestoreTableFromBackupCommand,
  UpdateContinuousBackupsCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
  ListEventSourceMappingsCommand,
} from "@aws-sdk/client-lambda";
import { TABLE_SHAPE } from "@ithaca/store";
import { type Cloud, openCloud } from "./cloud.ts";
import type { DeskUnderTest } from "./start-desk.ts";

const WAIT_SECONDS = 30;
const EXPIRED = { pk: { S: "DRILL" }, sk: { S: "EXPIRED" } };
const PUBLISHER = "Ithaca-publish-facts";

/** What an operator does with the table of a desk that is lost, in this order. */
export interface TableDrill {
  /** Makes a backup and gives back its ARN. */
  backUp(): Promise<string>;
  /** Deletes the table, as nobody should, and puts the backup in its place. */
  restore(backupArn: string): Promise<void>;
  /** What of the table is not there once it was put back: its stream, its time to live. */
  missing(): Promise<string[]>;
  /** Gives the table back what a backup does not hold, and lets the publisher read the new stream. */
  reconnect(): Promise<void>;
  /** Puts an item into it that has expired. */
  putExpired(): Promise<void>;
  /** Whether that is still there. */
  hasExpired(): Promise<boolean>;
}

/** The drill on one desk's table. */
export function tableDrill(desk: Pick<DeskUnderTest, "endpoint" | "stack">): TableDrill {
  const cloud = openCloud(desk);
  const TableName = desk.stack.tableName;
  const waiting = { client: cloud.table, maxWaitTime: WAIT_SECONDS, minDelay: 1 };
  return {
    backUp: async () => {
      const made = await cloud.table.send(new CreateBackupCommand({ TableName, BackupName: "drill" }));
      return made.BackupDetails?.BackupArn ?? "";
    },
    restore: async (BackupArn) => {
      await cloud.table.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
      await cloud.table.send(new DeleteTableCommand({ TableName }));
      await waitUntilTableNotExists(waiting, { TableName });
      await cloud.table.send(new RestoreTableFromBackupCommand({ TargetTableName: TableName, BackupArn }));
      await waitUntilTableExists(waiting, { TableName });
    },
    missing: async () => {
      const { Table } = await cloud.table.send(new DescribeTableCommand({ TableName }));
      const ttl = await cloud.table.send(new DescribeTimeToLiveCommand({ TableName }));
      const isExpiring = ttl.TimeToLiveDescription?.TimeToLiveStatus === "ENABLED";
      return [
        ...(Table?.StreamSpecification?.StreamEnabled === true ? [] : ["stream"]),
        ...(isExpiring ? [] : ["time to live"]),
        ...(Table?.DeletionProtectionEnabled === true ? [] : ["deletion protection"]),
      ];
    },
    reconnect: () => reconnect(cloud, TableName),
    putExpired: async () => {
      const expiresAt = { [TABLE_SHAPE.timeToLiveAttribute]: { N: "1" } };
      await cloud.table.send(new PutItemCommand({ TableName, Item: { ...EXPIRED, ...expiresAt } }));
    },
    hasExpired: async () => {
      const { Item } = await cloud.table.send(new GetItemCommand({ TableName, Key: EXPIRED }));
      return Item !== undefined;
    },
  };
}

async function reconnect({ table, functions }: Cloud, TableName: string): Promise<void> {
  const { streamViewType: StreamViewType, timeToLiveAttribute: AttributeName } = TABLE_SHAPE;
  const updated = await table.send(
    new UpdateTableCommand({ TableName, StreamSpecification: { StreamEnabled: true, StreamViewType } }),
  );
  await table.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: true }));
  const TimeToLiveSpecification = { AttributeName, Enabled: true };
  await table.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
  await table.send(new UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));

  const listed = await functions.send(new ListEventSourceMappingsCommand({ FunctionName: PUBLISHER }));
  for (const mapping of listed.EventSourceMappings ?? []) {
    await functions.send(new DeleteEventSourceMappingCommand({ UUID: mapping.UUID }));
    await functions.send(mappingOf(mapping, updated.TableDescription?.LatestStreamArn));
  }
}

/** The same mapping on another stream: a mapping cannot be moved. */
function mappingOf(before: EventSourceMappingConfiguration, EventSourceArn: string | undefined) {
  return new CreateEventSourceMappingCommand({
    FunctionName: PUBLISHER,
    EventSourceArn,
    StartingPosition: "TRIM_HORIZON",
    BatchSize: before.BatchSize,
    MaximumBatchingWindowInSeconds: before.MaximumBatchingWindowInSeconds,
    ParallelizationFactor: before.ParallelizationFactor,
    MaximumRetryAttempts: before.MaximumRetryAttempts,
    MaximumRecordAgeInSeconds: before.MaximumRecordAgeInSeconds,
    BisectBatchOnFunctionError: before.BisectBatchOnFunctionError,
    DestinationConfig: before.DestinationConfig,
    FilterCriteria: before.FilterCriteria,
    FunctionResponseTypes: before.FunctionResponseTypes,
  });
}
