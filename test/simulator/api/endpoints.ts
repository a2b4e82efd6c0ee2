// Every operation of PortOne's API that the simulator answers.
import { againEndpoint } from "./again-endpoint.ts";
import { cancelEndpoint } from "./cancel-endpoint.ts";
import { codeEndpointList } from "./code-endpoints.ts";
import { customerEndpoints } from "./customer-endpoints.ts";
import type { Endpoint } from "./endpoint.ts";
import { externalReceiptEndpoints } from "./external-receipt-endpoints.ts";
import { logisEndpoints } from "./logis-endpoints.ts";
import { onetimeEndpoint } from "./onetime-endpoint.ts";
import { paymentLists } from "./payment-lists.ts";
import { paymentReads } from "./payment-reads.ts";
import { prepareEndpoints } from "./prepare-endpoints.ts";
import { receiptEndpoints } from "./receipt-endpoints.ts";
import { scheduleEndpoints } from "./schedule-endpoints.ts";
import { scheduleLists } from "./schedule-lists.ts";
import { tokenEndpoint } from "./token-endpoint.ts";
import { vbankEndpoints } from "./vbank-endpoints.ts";

export const endpoints: readonly Endpoint[] = [
  tokenEndpoint,
  ...prepareEndpoints,
  ...paymentReads,
  ...paymentLists,
  cancelEndpoint,
  ...receiptEndpoints,
  ...externalReceiptEndpoints,
  ...vbankEndpoints,
  onetimeEndpoint,
  againEndpoint,
  ...customerEndpoints,
  ...scheduleEndpoints,
  ...scheduleLists,
  ...logisEndpoints,
  ...codeEndpointList,
];
