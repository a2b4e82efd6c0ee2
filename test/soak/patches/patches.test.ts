// Five hundred lives among records that read otherwise than PortOne's page says.
import { expect, it } from "vitest";
import { recordsSoak } from "../records-soak.ts";

it("five hundred of them end in no failed invocation, and lose sight of no money", {
  timeout: 400_000,
}, async () => {
  const report = await recordsSoak({
    seed: 20_260_805,
    count: 500,
    wave: 100,
    only: null,
    say: () => {},
    done: () => {},
  });
  expect(report.findings).toEqual([]);
  expect(report).toMatchObject({ ok: true, patches: 500 });
});
