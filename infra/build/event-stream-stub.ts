// Takes the place of the SDK's event-stream code in every bundle. No DynamoDB call streams events, but the
// SDK's HTTP protocol refers to this module, and esbuild cannot see that the reference is never followed.

const absent = (): never => {
  throw new Error("event streams are left out of this bundle");
};

export class EventStreamSerde {
  constructor() {
    absent();
  }
}

export const eventStreamSerdeProvider = absent;
