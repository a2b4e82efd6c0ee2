// What stays up after the demo, as addresses and commands to paste.
import type { LocalRun } from "./local-run.ts";

export function describeEndpoints(run: LocalRun, merchantUid: string): string {
  const key = `-H 'Authorization: Bearer ${run.merchantKey}'`;
  const json = "-H 'content-type: application/json'";
  const order = `${run.gateway}/orders/${merchantUid}`;
  const body =
    `{"merchant_uid":"ord-mine-1","name":"나이키 와플 트레이너 2 SD","amount":109000,"tax_free":3000,` +
    `"pay_method":"card","buyer_name":"홍길동"}`;
  const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
  return `
Everything stays up until Ctrl-C.
  gateway    ${run.gateway}
  simulator  ${run.simulator}   (PortOne's API; levers under /_control, a window under /window/{window})
  DynamoDB   ${run.dynamodb}   (table ${run.table})

Create an order
  curl -sS ${run.gateway}/orders ${key} ${json} -d '${body}'
Open a window for it and click through it in a browser (put the answer's request_pay in place of {…})
  curl -sS ${run.simulator}/_control/window ${json} -d '{"request_pay":{…}}'
Read an order, read a day
  curl -sS ${order} ${key}
  curl -sS '${run.gateway}/orders?day=${today}' ${key}
Bring it level with PortOne's record
  curl -sS -X POST ${order}/sync ${key} ${json} -d '{}'
Void an unpaid one
  curl -sS -X POST ${run.gateway}/orders/ord-mine-1/void ${key} ${json} -d '{}'`;
}
