// P11: a table, or a PortOne, that takes the connection and never answers.
import type { FamilyOptions } from "../family.ts";
import { type Asked, blackHoleGoals } from "../goals.ts";
import { createdItem, dueItem } from "../growth/orders.ts";
import { type Row, rowOf } from "../rows.ts";
import { openBlackHole } from "../world/black-hole.ts";
import { eventOf } from "../world/events.ts";
import { openWorld, shimOf, type World } from "../world/world.ts";

const mostRuns = 3;

export async function blackHoleRows({ runs, engine, done }: FamilyOptions): Promise<readonly Row[]> {
  const world = await openWorld({ payments: 1, engine });
  const hole = await openBlackHole();
  const [table, portone] = [{ PAY_DYNAMODB_ENDPOINT: hole.url }, { PAY_PORTONE_URL: hole.url }];
  const played = Math.min(runs, mostRuns);
  const seconds = { confirm: [] as number[], noticeTable: [] as number[], noticePortOne: [] as number[] };
  try {
    for (let run = 1; run <= played; run += 1) {
      seconds.confirm.push(await answeredIn(world, "confirm", 503, table));
      seconds.noticeTable.push(await answeredIn(world, "notice", 500, table));
      seconds.noticePortOne.push(await answeredIn(world, "notice", 500, portone));
      done("silences", run, played);
    }
    if (hole.taken() === 0) throw new Error("nobody asked the black hole");
  } finally {
    hole.close();
    await world.close();
  }
  return [
    rowOf(blackHoleGoals.confirm, seconds.confirm),
    rowOf(blackHoleGoals.noticeTable, seconds.noticeTable),
    rowOf(blackHoleGoals.noticePortOne, seconds.noticePortOne),
  ];
}

async function answeredIn(
  { records, tables, tokenOf, start }: World,
  as: Asked,
  status: number,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const [record] = records;
  if (!record) throw new Error("no payment was made");
  const table = await tables.make([as === "confirm" ? createdItem(record) : dueItem(record)]);
  const measured = start({ as, table, settings });
  try {
    await measured.load(shimOf(as));
    const { statuses, eachMs } = await measured.invoke([eventOf(as, record, tokenOf(record.merchantUid))]);
    if (statuses[0] !== status) throw new Error(`${as} answered ${statuses[0]} and not ${status}`);
    return (eachMs[0] ?? Number.NaN) / 1_000;
  } finally {
    await measured.end();
  }
}
