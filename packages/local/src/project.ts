import { delimiter, join } from "node:path";

/** The folder of the project: the one that holds package.json, cdk.json and node_modules. */
export const PROJECT_ROOT = join(import.meta.dirname, "..", "..", "..");

/** The folder of the Node that the project installed for itself. It comes first on every child's PATH. */
export const NODE_FOLDER = join(PROJECT_ROOT, "node_modules", "node", "bin");

/** A program that npm installed, by the name of its command. */
export function tool(name: string): string {
  return join(PROJECT_ROOT, "node_modules", ".bin", name);
}

/** The region and account of the local cloud. Both are made up; the emulator takes any. */
export const LOCAL_REGION = "us-east-1";
export const LOCAL_ACCOUNT = "000000000000";

/**
 * The environment of a child: nothing of ours but the PATH, with the project's Node first.
 * A child of the desk must not find real AWS credentials, a proxy or a NODE_OPTIONS of the person who started it.
 */
export function cleanEnvironment(home: string): Record<string, string> {
  const system = process.env.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  return {
    PATH: [NODE_FOLDER, join(PROJECT_ROOT, "node_modules", ".bin"), system].join(delimiter),
    HOME: home,
    LANG: "C.UTF-8",
  };
}

/** What an AWS SDK or the CDK CLI needs to talk to the local cloud and to nothing else. */
export function localCloudEnvironment(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  };
}
