import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LOCAL_REGION } from "./project.ts";
import { LOCAL_CREDENTIALS } from "./stack-outputs.ts";

/** Tells whether anything was added to the desk's table since it was last asked. */
export interface ChangeWatch {
  changed(): Promise<boolean>;
  close(): void;
}

/**
 * Watches the number of items of the table: every fact is an item that is never removed, so nothing of note happens
 * without it. (The local cloud's count is up to date; AWS's is hours old.)
 */
export async function watchTable(endpoint: string, tableName: string): Promise<ChangeWatch> {
  const client = new DynamoDBClient({ endpoint, region: LOCAL_REGION, credentials: LOCAL_CREDENTIALS });
  const count = async (): Promise<number> => {
    const { Table: table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return table?.ItemCount ?? 0;
  };
  let seen = await count();
  return {
    async changed() {
      const now = await count();
      const differs = now !== seen;
      seen = now;
      return differs;
    },
    close: () => client.destroy(),
  };
}
