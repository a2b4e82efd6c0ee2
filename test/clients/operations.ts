// Which exported method of which public client reaches which of PortOne's operations. Each row is a test in
// that client's file, and every exported method is in one of the three lists; docs/public-clients.md and its Korean
// twin show them all, kept equal by a test.

export interface Text {
  readonly ko: string;
  readonly en: string;
}

export const clients = {
  iamport: "0.3.4",
  "iamport-rest-client-nodejs": "0.9.12",
  "iamport-server-api": "10.0.0",
  iamporter: "1.4.2",
} as const;
export type Client = keyof typeof clients;

/** By method of the client: the operation it calls. */
export const passes: Readonly<Record<Client, Readonly<Record<string, string>>>> = {
  iamport: {
    "payment.getByImpUid": "GET /payments/{imp_uid}",
    "payment.getByMerchant": "GET /payments/find/{merchant_uid}",
    "payment.getByStatus": "GET /payments/status/{payment_status}",
    "payment.cancel": "POST /payments/cancel",
    "payment.prepare": "POST /payments/prepare",
    "payment.getPrepare": "GET /payments/prepare/{merchant_uid}",
    "subscribe.onetime": "POST /subscribe/payments/onetime",
    "subscribe.again": "POST /subscribe/payments/again",
    "subscribe.schedule": "POST /subscribe/payments/schedule",
    "subscribe.unschedule": "POST /subscribe/payments/unschedule",
    "subscribe_customer.get": "GET /subscribe/customers/{customer_uid}",
    "subscribe_customer.getCustomers": "GET /subscribe/customers/{customer_uid}",
    "subscribe_customer.create": "POST /subscribe/customers/{customer_uid}",
    "subscribe_customer.createCustomers": "POST /subscribe/customers/{customer_uid}",
    "subscribe_customer.delete": "DELETE /subscribe/customers/{customer_uid}",
    "subscribe_customer.deleteCustomers": "DELETE /subscribe/customers/{customer_uid}",
    "vbank.create": "POST /vbanks",
  },
  "iamport-rest-client-nodejs": {
    "Iamport.getToken": "POST /users/getToken",
    "Iamport.getHeaders": "POST /users/getToken",
    "Authenticate.getToken": "POST /users/getToken",
    "Payments.getByImpUids": "GET /payments",
    "Payments.getByMerchantUids": "GET /payments/findAll/{merchant_uid}/{payment_status}",
    "Payments.getByStatus": "GET /payments/status/{payment_status}",
    "Payments.getByImpUid": "GET /payments/{imp_uid}",
    "Payments.getByMerchantUid": "GET /payments/find/{merchant_uid}/{payment_status}",
    "Payments.getAmountByImpUid": "GET /payments/{imp_uid}/balance",
    "Payments.cancel": "POST /payments/cancel",
    "Prepare.postAmount": "POST /payments/prepare",
    "Prepare.getAmount": "GET /payments/prepare/{merchant_uid}",
    "Receipts.postReceipt": "POST /receipts/{imp_uid}",
    "Receipts.getReceipt": "GET /receipts/{imp_uid}",
    "Receipts.deleteReceipt": "DELETE /receipts/{imp_uid}",
    "External.postReceipt": "POST /receipts/external/{merchant_uid}",
    "External.getReceipt": "GET /receipts/external/{merchant_uid}",
    "External.deleteReceipt": "DELETE /receipts/external/{merchant_uid}",
    "Customers.postBillingKey": "POST /subscribe/customers/{customer_uid}",
    "Customers.getBillingKey": "GET /subscribe/customers/{customer_uid}",
    "Customers.getBillingKeys": "GET /subscribe/customers",
    "Customers.deleteBillingKey": "DELETE /subscribe/customers/{customer_uid}",
    "Customers.getPayments": "GET /subscribe/customers/{customer_uid}/payments",
    "Subscribe.onetime": "POST /subscribe/payments/onetime",
    "Subscribe.again": "POST /subscribe/payments/again",
    "Subscribe.schedule": "POST /subscribe/payments/schedule",
    "Subscribe.unschedule": "POST /subscribe/payments/unschedule",
    "Subscribe.getScheduled": "GET /subscribe/payments/schedule/{merchant_uid}",
    "Vbanks.post": "POST /vbanks",
    "Vbanks.put": "PUT /vbanks/{imp_uid}",
    "Vbanks.delete": "DELETE /vbanks/{imp_uid}",
    "Escrows.postEscrow": "POST /escrows/logis/{imp_uid}",
    "Escrows.putEscrow": "PUT /escrows/logis/{imp_uid}",
    "Cards.getCards": "GET /cards",
    "Cards.getCard": "GET /cards/{card_standard_code}",
    "Banks.getBanks": "GET /banks",
    "Banks.getBank": "GET /banks/{bank_standard_code}",
  },
  "iamport-server-api": {
    "IamportConnector.get": "POST /users/getToken",
    "users.getToken": "POST /users/getToken",
    "payments.at": "GET /payments/{imp_uid}",
    "payments.cancel": "POST /payments/cancel",
    "receipts.at": "GET /receipts/{imp_uid}",
    "receipts.create": "POST /receipts/{imp_uid}",
    "receipts.erase": "DELETE /receipts/{imp_uid}",
    "subscribe.customers.at": "GET /subscribe/customers/{customer_uid}",
    "subscribe.customers.create": "POST /subscribe/customers/{customer_uid}",
    "subscribe.customers.erase": "DELETE /subscribe/customers/{customer_uid}",
    "subscribe.payments.onetime": "POST /subscribe/payments/onetime",
    "subscribe.payments.again": "POST /subscribe/payments/again",
    "vbanks.create": "POST /vbanks",
  },
  iamporter: {
    getToken: "POST /users/getToken",
    findByImpUid: "GET /payments/{imp_uid}",
    findByMerchantUid: "GET /payments/find/{merchant_uid}",
    findAllByMerchantUid: "GET /payments/findAll/{merchant_uid}/{payment_status}",
    findAllByStatus: "GET /payments/status/{payment_status}",
    cancel: "POST /payments/cancel",
    cancelByImpUid: "POST /payments/cancel",
    cancelByMerchantUid: "POST /payments/cancel",
    createPreparedPayment: "POST /payments/prepare",
    getPreparedPayment: "GET /payments/prepare/{merchant_uid}",
    payOnetime: "POST /subscribe/payments/onetime",
    paySubscription: "POST /subscribe/payments/again",
    createSubscription: "POST /subscribe/customers/{customer_uid}",
    getSubscription: "GET /subscribe/customers/{customer_uid}",
    deleteSubscription: "DELETE /subscribe/customers/{customer_uid}",
    createVbank: "POST /vbanks",
  },
};

export interface NotUsable {
  /** The operation that is meant. */
  readonly operation: string;
  readonly sends: string;
  readonly why: Text;
}

const readsAPage: Text = {
  ko: "명세대로 배열만 담은 200을 받고 `response.list`를 읽음: TypeError",
  en: "answered 200 with the plain list of the description; it reads `response.list` of a page: TypeError",
};

/** Methods that fail on PortOne's API as it is described. The client's test file shows each failing. */
export const notUsable: Readonly<Record<Client, Readonly<Record<string, NotUsable>>>> = {
  iamport: {},
  "iamport-rest-client-nodejs": {
    "Customers.getScheduleds": {
      operation: "GET /subscribe/customers/{customer_uid}/schedules",
      sends: "`GET /subscribe/customers/user42/schedules?from=…&to=…`",
      why: readsAPage,
    },
    "Subscribe.getScheduleds": {
      operation: "GET /subscribe/payments/schedule/customers/{customer_uid}",
      sends: "`GET /subscribe/payments/schedule/customers/user42?from=…&to=…`",
      why: readsAPage,
    },
  },
  "iamport-server-api": {
    "vbanks.update": {
      operation: "PUT /vbanks/{imp_uid}",
      sends: '`PUT /vbanks {"imp_uid":…}`',
      why: {
        ko: "포트원은 번호를 경로에 두므로 그런 동작이 없음: HttpError 404",
        en: "PortOne has the number in the path, so there is no such operation: HttpError 404",
      },
    },
  },
  iamporter: {},
};

const identity: Text = { ko: "결제가 아닌 본인인증", en: "identity verification, not payments" };
const asksNothing: Text = { ko: "포트원에 묻지 않음", en: "asks nothing of PortOne" };
const notOfKsnet = (operation: string): Text => ({
  ko: `\`${operation}\`, KSNET의 것이 아님`,
  en: `\`${operation}\`, not of KSNET`,
});

/** Methods that reach none of the paths KSNET has at PortOne. `group.*` is every method of a group. */
export const besides: Readonly<Record<Client, Readonly<Record<string, Text>>>> = {
  iamport: { "certification.*": identity },
  "iamport-rest-client-nodejs": {
    "Iamport.getApiInstance, Iamport.isTokenValid": asksNothing,
    "Vbanks.getHolder": notOfKsnet("GET /vbanks/holder"),
    "Certifications.*": identity,
    "Kakao.*, NaverCo.*, NaverPay.*, Payco.*": { ko: "다른 PG", en: "other providers" },
  },
  "iamport-server-api": {
    "certifications.*": identity,
    "internal.*": {
      ko: "이 클라이언트가 쓰던 가짜 서버의 레버",
      en: "levers of the fake server the client was written for",
    },
  },
  iamporter: {
    isExpiredToken: asksNothing,
    payForeign: notOfKsnet("POST /subscribe/payments/foreign"),
    "getCertification, deleteCertification": identity,
  },
};
