// Takes the place of the SDK's credential chain in every bundle. Lambda always has its role's credentials
// in the environment, so profiles, SSO, instance metadata and the rest are bytes that only slow a cold
// start. Not for code that runs anywhere but in a function.

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The SDK's name for its chain; the returned provider rejects when the environment holds no credentials. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const accessKeyId = process.env["AWS_ACCESS_KEY_ID"];
  const secretAccessKey = process.env["AWS_SECRET_ACCESS_KEY"];
  const sessionToken = process.env["AWS_SESSION_TOKEN"];
  if (!accessKeyId || !secretAccessKey)
    throw new Error("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set");
  return { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) };
};
