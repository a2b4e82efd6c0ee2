// Takes the place of the SDK's endpoint discovery in every bundle: DynamoDB has one address in each region, and the
// search for another brings a cache of its own with two libraries.

/** What `endpointDiscoveryEnabled` is read by; nobody asks for it. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => false,
  configFileSelector: () => false,
  default: false,
};

/** The client's settings as they are. */
export const resolveEndpointDiscoveryConfig = <Settings>(settings: Settings): Settings => settings;
