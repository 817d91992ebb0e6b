/**
 * Stands in for the SDK's search for credentials in a function's bundle: Lambda gives them in the environment, and the
 * other places (profiles, single sign-on, web identities, instance metadata) would cost each bundle 110 KB.
 */
export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";
