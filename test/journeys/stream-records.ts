import { DescribeTableCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type _Record as StreamRecord,
} from "@aws-sdk/client-dynamodb-streams";

/** The partition of a case in the table; its facts and what it owes are there. */
function partitionOf(caseNumber: string): string {
  return `CASE#case_${caseNumber}`;
}

/** The records of a case in the table's stream, as a mapping would hand them to the publisher, oldest first. */
export async function streamRecordsOf(
  clients: { readonly table: DynamoDBClient; readonly streams: DynamoDBStreamsClient },
  tableName: string,
  caseNumber: string,
): Promise<StreamRecord[]> {
  const { Table: table } = await clients.table.send(new DescribeTableCommand({ TableName: tableName }));
  const StreamArn = table?.LatestStreamArn;
  const { StreamDescription: stream } = await clients.streams.send(new DescribeStreamCommand({ StreamArn }));
  const shards = stream?.Shards ?? [];
  const all = await Promise.all(shards.map(({ ShardId }) => recordsOfShard(clients.streams, StreamArn, ShardId)));
  return all.flat().filter(({ dynamodb }) => dynamodb?.Keys?.pk?.S === partitionOf(caseNumber));
}

async function recordsOfShard(
  streams: DynamoDBStreamsClient,
  StreamArn: string | undefined,
  ShardId: string | undefined,
): Promise<StreamRecord[]> {
  const first = await streams.send(
    new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }),
  );
  const records: StreamRecord[] = [];
  for (let iterator = first.ShardIterator; iterator !== undefined; ) {
    const page = await streams.send(new GetRecordsCommand({ ShardIterator: iterator }));
    records.push(...(page.Records ?? []));
    // An open shard always has a next iterator: a page without records is as far as there is anything to read.
    iterator = (page.Records ?? []).length === 0 ? undefined : page.NextShardIterator;
  }
  return records;
}
