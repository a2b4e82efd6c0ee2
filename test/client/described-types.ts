// Held by the compiler: the client's types tell each answer as the schemas do, and know no field of a request that the
// server does not. A field renamed in a schema does not compile until the client's types are written anew.
import type * as z from "zod/mini";
import type * as charge from "../../infra/build/openapi/answers/charge.ts";
import type * as order from "../../infra/build/openapi/answers/order.ts";
import type * as others from "../../infra/build/openapi/answers/others.ts";
import type * as receipt from "../../infra/build/openapi/answers/receipt.ts";
import type * as refund from "../../infra/build/openapi/answers/refund.ts";
import type { BodyOf, components } from "../../lib/client/index.ts";
import type { keyBody } from "../../lib/http/requests/billing-key.ts";
import type { accountBody, keyChargeBody, oneTimeBody } from "../../lib/http/requests/charge.ts";
import type { parcel } from "../../lib/http/requests/delivery.ts";
import type { orderBody } from "../../lib/http/requests/order.ts";
import type { orderReceipt, saleReceipt } from "../../lib/http/requests/receipt.ts";
import type { refundBody } from "../../lib/http/requests/refund.ts";
import type { decisionBody, liftBody } from "../../lib/http/requests/review.ts";
import type { scheduleBody } from "../../lib/http/requests/schedule.ts";

type Schemas = typeof charge & typeof order & typeof others & typeof receipt & typeof refund;

type Told = {
  [Name in keyof Schemas as Capitalize<Name & string>]: Schemas[Name] extends z.ZodMiniType
    ? z.output<Schemas[Name]>
    : never;
};

type Holds<Part extends Whole, Whole> = Part;

/** Each answer as the client has it is one that the server tells. */
export type Answers = Holds<Pick<components["schemas"], keyof Told & keyof components["schemas"]>, Told>;

type Taken<Schema> = Schema extends z.ZodMiniType ? keyof z.input<Schema> : never;

/** Each field that the client may send is one that the server takes. */
export type Requests = [
  Holds<keyof BodyOf<"orderCreate">, Taken<typeof orderBody>>,
  Holds<keyof BodyOf<"orderResolve">, Taken<typeof decisionBody>>,
  Holds<keyof BodyOf<"giveBackBrakeLift">, Taken<typeof liftBody>>,
  Holds<keyof BodyOf<"refundCreate">, Taken<typeof refundBody>>,
  Holds<keyof BodyOf<"receiptIssue">, Taken<typeof orderReceipt>>,
  Holds<keyof BodyOf<"receiptIssueExternal">, Taken<typeof saleReceipt>>,
  Holds<keyof BodyOf<"billingCharge">, Taken<typeof keyChargeBody>>,
  Holds<keyof BodyOf<"billingOnetime">, Taken<typeof oneTimeBody>>,
  Holds<keyof BodyOf<"billingIssueKey">, Taken<typeof keyBody>>,
  Holds<keyof BodyOf<"billingIssueVbank">, Taken<typeof accountBody>>,
  Holds<keyof BodyOf<"billingSchedule">, Taken<typeof scheduleBody>>,
  Holds<keyof BodyOf<"deliveryRegister">, Taken<typeof parcel>>,
];
