// What the package shows to those who install it. No import: the package ships this file as its types, as it stands.

/** An order to begin with. What KSNET's rules forbid is refused, so that no record is there that could not be. */
export interface SeedOrder {
  readonly merchant_uid: string;
  readonly amount: number;
  /** `prepared`: only its amount is registered. `ready`: a window is open, or an account waits for its deposit. */
  readonly status: "prepared" | "ready" | "paid" | "failed";
  /** Made from the seed when absent. */
  readonly imp_uid?: string | undefined;
  readonly pay_method?: string | undefined;
  readonly currency?: string | undefined;
  readonly tax_free?: number | undefined;
  readonly name?: string | undefined;
  readonly buyer_name?: string | undefined;
  readonly buyer_email?: string | undefined;
  readonly buyer_tel?: string | undefined;
  readonly vbank_due?: string | undefined;
  /** ISO; the moment it begins when absent. */
  readonly paid_at?: string | undefined;
  readonly fail_reason?: string | undefined;
  /** Of a paid one, in this order. */
  readonly cancels?:
    | readonly {
        readonly amount: number;
        readonly tax_free?: number | undefined;
        readonly reason?: string | undefined;
      }[]
    | undefined;
}

/** A customer with a billing key. */
export interface SeedCustomer {
  readonly customer_uid: string;
  readonly card_number: string;
  readonly customer_name?: string | undefined;
  readonly customer_tel?: string | undefined;
  readonly customer_email?: string | undefined;
}

/** What a seed file holds. */
export interface SeedRecords {
  readonly orders?: readonly SeedOrder[] | undefined;
  readonly customers?: readonly SeedCustomer[] | undefined;
}

export interface CreateOptions {
  /** Fixes ids and the key pair; 1 when absent. */
  readonly seed?: number | undefined;
  /** ISO time the clock starts at; real time when absent. */
  readonly clock?: string | undefined;
  /** A free one when absent. */
  readonly port?: number | undefined;
  /** Keeps the whole state there. */
  readonly dataDir?: string | undefined;
  /** The records to begin with, or the path of a file that holds them. */
  readonly seedFile?: string | SeedRecords | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/** The levers under `/_control`. Each rejects with an Error that names the call and the answer when it is refused. */
export interface Control {
  /** Any lever: `call("POST", "/payments/imp_1/deposit")`. */
  call(method: string, path: string, body?: Json): Promise<Json>;
  /** The buyer pays: window, confirm, approval and notice in one. */
  pay(requestPay: Json, choice?: Json): Promise<Json>;
  addFault(fault: Json): Promise<Json>;
  changeSettings(settings: Json): Promise<Json>;
  /** Everything that falls due on the way happens before it resolves. */
  advance(ms: number): Promise<Json>;
  deliveries(): Promise<readonly Json[]>;
  state(): Promise<Json>;
}

export interface CreatedSimulator {
  readonly url: string;
  readonly impKey: string;
  readonly impSecret: string;
  readonly control: Control;
  /** Back to the beginning: the seed file's records alone. Key pair and clock stay. */
  reset(seed?: number): void;
  close(): Promise<void>;
}

export type CreateSimulator = (options?: CreateOptions) => Promise<CreatedSimulator>;
