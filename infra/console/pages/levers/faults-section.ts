// Faults: those that are on, and the forms that turn more of them on.
import type { Fault } from "../../api/simulator.ts";
import { html, type Markup } from "../../html.ts";
import { type Words, wordFor } from "../../words/words.ts";
import { choiceField, textField } from "../parts/field.ts";
import { nothing, section } from "../parts/section.ts";
import { table } from "../parts/table.ts";
import { leverButton } from "./button.ts";

const back = "/levers";
/** Where faults are worth a button; the others are set by the simulator's own doors. */
const calls = [
  "POST /payments/cancel",
  "GET /payments/{imp_uid}",
  "GET /payments/findAll/{merchant_uid}",
  "POST /payments/prepare",
  "POST /receipts/{imp_uid}",
  "DELETE /receipts/{imp_uid}",
  "POST /subscribe/payments/again",
  "POST /users/getToken",
] as const;
const functions = [
  "confirm",
  "notice",
  "complete",
  "orders",
  "refund",
  "receipt",
  "billing",
  "delivery",
  "reconcile",
  "audit",
] as const;

const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));

/** The select of a form whose fields share their names with the other's. */
const within = (prefix: string, name: string, label: string, choices: Readonly<Record<string, string>>) =>
  choiceField(name, label, choices, { id: `${prefix}-${name}` });

export function faultsSection(
  portone: readonly Fault[],
  functionFaults: readonly Fault[],
  words: Words,
): Markup {
  const { levers: told } = words;
  const all = [...portone, ...functionFaults];
  return section("faults", told.faults, [
    all.length > 0 &&
      html`<div class="levers">${leverButton("clear-faults", "all", told.clearFaults, { back })}</div>`,
    html`<details id="portone-faults">
      <summary>${told.portoneFaults}</summary>
      ${leverButton("portone-fault", "add", told.addFault, { back, inputs: portoneInputs(words) })}
    </details>`,
    html`<details id="function-faults">
      <summary>${told.functionFaults}</summary>
      ${leverButton("function-fault", "add", told.addFault, { back, inputs: functionInputs(words) })}
    </details>`,
    all.length === 0 ? nothing(told.noFaults) : listOf(all, words),
  ]);
}

function listOf(faults: readonly Fault[], { levers: told }: Words): Markup {
  const names = { ...told.portoneFaultNames, ...told.otherFaultNames, ...told.functionFaultNames };
  const columns = [
    { label: told.faultName },
    { label: told.faultCall },
    { label: told.faultCount, isNumber: true },
  ] as const;
  const rows = faults.map((fault, index) => ({
    id: `fault-${index}`,
    cells: [
      html`<span>${wordFor(names, fault.name)} <code>${fault.name}</code></span>`,
      html`<code>${placeOf(fault)}</code>`,
      told.hits(fault.hits, fault.count),
    ],
  }));
  return table(told.faults, columns, rows);
}

const placeOf = ({ call, merchant_uid, function: name }: Fault): string =>
  [call ?? "*", name, merchant_uid].filter((part) => part).join(" · ");

const portoneInputs = (words: Words): Markup => {
  const { levers: told } = words;
  const where = { "*": told.anyCall, confirm: told.confirmCall, notice: told.noticeCall, ...named(calls) };
  return html`<div class="fields">
    ${within("portone", "name", told.faultName, told.portoneFaultNames)}
    ${within("portone", "call", told.faultCall, where)}
    ${textField("merchant_uid", told.order)}
    ${textField("count", told.faultCount, { value: "1", isNumber: true, id: "portone-count" })}
  </div>`;
};

const functionInputs = ({ levers: told }: Words): Markup =>
  html`<div class="fields">
    ${within("function", "name", told.faultName, told.functionFaultNames)}
    ${within("function", "function", told.faultFunction, { "": told.anyFunction, ...named(functions) })}
    ${textField("count", told.faultCount, { value: "1", isNumber: true, id: "function-count" })}
  </div>`;
