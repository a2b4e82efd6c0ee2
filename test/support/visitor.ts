// A browser without scripts at the sample shop: keeps its cookie, fills forms in, follows nothing by itself.

export interface Page {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  /** Where it was sent on to; null where it stays. */
  readonly location: string | null;
}

export type Fields = Readonly<Record<string, string>>;

export const buyer: Fields = {
  quantity: "1",
  name: "홍길동",
  phone: "010-1234-5678",
  email: "hong@example.com",
  method: "card",
  months: "0",
  easyPay: "kakaopay",
};

export const card: Fields = {
  number: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: "820213",
  passwordDigits: "00",
};

export class Visitor {
  readonly #url: string;
  #cookie: string | null = null;

  constructor(url: string) {
    this.#url = url;
  }

  get cookie(): string | null {
    return this.#cookie;
  }

  get(path: string): Promise<Page> {
    return this.#ask(path, {});
  }

  post(path: string, fields: Fields | string): Promise<Page> {
    return this.#ask(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** The item's form as it was shown, with what the buyer puts into it. */
  async fill(item: string, typed: Fields = {}): Promise<Fields> {
    const { html } = await this.get(`/items/${item}`);
    return { ...hiddenFields(html), ...buyer, ...(item === "coffee" && { method: "key" }), ...typed };
  }

  async order(item: string, typed: Fields = {}): Promise<Page & { readonly number: string }> {
    const form = await this.fill(item, typed);
    return { ...(await this.post("/orders", form)), number: form["order"] ?? "" };
  }

  async #ask(path: string, init: RequestInit): Promise<Page> {
    const headers: Record<string, string> = this.#cookie === null ? {} : { cookie: this.#cookie };
    const response = await fetch(`${this.#url}${path}`, { ...init, headers, redirect: "manual" });
    const given = response.headers.get("set-cookie");
    if (given !== null) this.#cookie = given.split(";")[0] ?? null;
    return {
      status: response.status,
      html: await response.text(),
      headers: response.headers,
      location: response.headers.get("location"),
    };
  }
}

/** Of a page's form. */
export const hiddenFields = (html: string): Fields =>
  Object.fromEntries(
    [...html.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(
      ([, name = "", value = ""]) => [name, value],
    ),
  );

/** What the page says went wrong, at its top. */
export const errorsOn = (html: string): readonly string[] => {
  const [, list = ""] = /role="alert"[\s\S]*?<ul>([\s\S]*?)<\/ul>/.exec(html) ?? [];
  return [...list.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = ""]) =>
    item.replaceAll(/<[^>]+>/g, "").trim(),
  );
};

export const headingOf = (html: string): string => /<h1[^>]*>([^<]*)<\/h1>/.exec(html)?.[1] ?? "";
