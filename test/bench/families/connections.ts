// P10: how often a process connects and logs in while it answers notices one after the other.
import type { FamilyOptions } from "../family.ts";
import { connectionGoals } from "../goals.ts";
import { dueItem } from "../growth/orders.ts";
import { type Row, rowOf } from "../rows.ts";
import { openWorld, shimOf, type World } from "../world/world.ts";
import { invokeAll, noticesOf } from "./warm.ts";

const notices = 1_000;

interface Connections {
  readonly table: number;
  readonly portone: number;
  readonly logins: number;
}

const connectionsOf = ({ table, portone, answers }: World): Connections => ({
  table: table.connections,
  portone: portone.connections,
  logins: answers.asked.filter(({ path }) => path === "/users/getToken").length,
});

function forgetConnections({ table, portone, answers }: World): void {
  table.connections = 0;
  portone.connections = 0;
  answers.asked = [];
}

/** What a new process makes of so many notices of each order. */
export async function countConnections(world: World, entry: string, times: number): Promise<Connections> {
  const table = await world.tables.make(world.records.map(dueItem));
  forgetConnections(world);
  const measured = world.start({ as: "notice", table });
  try {
    await measured.load(entry);
    for (let time = 1; time <= times; time += 1) await invokeAll(measured, noticesOf(world));
    return connectionsOf(world);
  } finally {
    await measured.end();
  }
}

export async function connectionRows({ engine, done }: FamilyOptions): Promise<readonly Row[]> {
  const world = await openWorld({
    payments: notices,
    engine,
    onPaid: (made) => done("payments", made, notices),
  });
  try {
    const { table, portone, logins } = await countConnections(world, shimOf("notice"), 1);
    return [
      rowOf(connectionGoals.table, [table]),
      rowOf(connectionGoals.portone, [portone]),
      rowOf(connectionGoals.logins, [logins]),
    ];
  } finally {
    await world.close();
  }
}
