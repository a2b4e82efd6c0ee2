// The rules of the house, enforced: who may import what, where the clock may be read, how long a file may be, what
// is said once, and that README and deployment tell the truth. The checks themselves are in test/support/house; that
// each sees what breaks it is proven in test/house-rules-planted.test.ts.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { secretsOf } from "../lib/secrets.ts";
import {
  findCancelEndings,
  findCasts,
  findClaimComparisons,
  findClosures,
  findForbiddenCalls,
  findImpurities,
  findLeftOvers,
  findLongFiles,
  findSpreadOrders,
  findUntested,
} from "./support/house/code.ts";
import {
  actionsInCode,
  deployedRoutes,
  portActions,
  roleActions,
  routesInCode,
} from "./support/house/deployment.ts";
import {
  fileGraph,
  findCircles,
  findForbiddenImports,
  findPeeking,
  folderGraph,
} from "./support/house/imports.ts";
import { findFalseMap, findUnnamedRoutes } from "./support/house/readme.ts";
import { files, projectDir, readProject, type SourceFile } from "./support/house/sources.ts";

const product = files.filter(({ path }) => /^(lib|functions|infra)\//.test(path));
const within = (folder: string): readonly SourceFile[] => files.filter(({ path }) => path.startsWith(folder));
const textOf = (page: string): string => readFileSync(join(projectDir, page), "utf8");
const readmes = ["README.md", "README.ko.md"].map(textOf);

describe("the house rules", () => {
  it("1 imports go one way", () => {
    expect(findForbiddenImports(files)).toEqual([]);
    expect(findPeeking(files)).toEqual([]);
  });
  it("1 no import leads back to where it began, between files or between folders", () => {
    const byFile = findCircles(fileGraph(product));
    const roomOf = (path: string) => path.split("/").slice(0, 2).join("/");
    const byRoom = findCircles(folderGraph(within("lib/"), roomOf));
    const byUseCase = findCircles(
      folderGraph(within("lib/usecases/"), (path) => path.split("/").slice(0, 3).join("/")),
    );
    const circles = [...byFile, ...byRoom, ...byUseCase];
    console.info(`import circles: ${circles.length} in ${product.length} files`);
    expect(circles).toEqual([]);
  });
  it("the core is pure", () => {
    expect(findImpurities(files)).toEqual([]);
  });
  it("no global fetch, and settings are read in one place", () => {
    expect(findForbiddenCalls(files)).toEqual([]);
  });
  it("files are small", () => {
    expect(findLongFiles(files)).toEqual([]);
  });
  it("nothing is left over", () => {
    expect(findLeftOvers(files)).toEqual([]);
  });
  it("2 and 4 no code is cast, and stored words are read against their lists", () => {
    expect(findCasts(files)).toEqual([]);
  });
  it("5 the protocol stands once", () => {
    expect(findClaimComparisons(files)).toEqual(["lib/usecases/claim.ts"]);
  });
  it("6 a cancel ends in one place, with two callers", () => {
    expect(findCancelEndings(files)).toEqual([
      "lib/usecases/syncing/resolve-cancel.ts",
      "lib/usecases/syncing/send-cancel.ts",
    ]);
  });
  it("7 a use case gets values", () => {
    expect(findClosures(files)).toEqual([]);
  });
  it("8 nobody spreads an order to set a field past changeOrder", () => {
    expect(findSpreadOrders(files)).toEqual([]);
  });
  it("11 every use case has a test in process, every verdict a table", () => {
    expect(findUntested(files, "lib/usecases/", "test/usecases/")).toEqual([]);
    const domain = findUntested(files, "lib/domain/", "test/domain/");
    for (const verdict of ["cancel", "charge", "receipt"])
      expect(domain).not.toContain(`lib/domain/${verdict}.ts`);
  });
});

describe("what is said about the code is true", () => {
  it("the map in both READMEs", () => {
    for (const readme of readmes) expect(findFalseMap(readme, readProject)).toEqual([]);
  });
  it("the scenarios' tests named in docs/scenarios.md exist and name their scenario", () => {
    const rows = [...textOf("docs/scenarios.md").matchAll(/^\| ((?:S\d\d )+)[^|]+\|[^|]+\| (.+) \|$/gm)];
    expect(rows.length).toBeGreaterThanOrEqual(55);
    for (const [, scenarios = "", cell = ""] of rows)
      for (const [, path = ""] of cell.matchAll(/`([^`]+)`/g))
        for (const scenario of scenarios.trim().split(" "))
          expect(`${path}: ${readProject(path)}`).toContain(scenario);
    const told = rows.flatMap(([, scenarios = ""]) => scenarios.trim().split(" "));
    const tested = within("test/").flatMap(({ path, text }) =>
      path.endsWith(".test.ts") ? [...text.matchAll(/"(S\d\d)\b/g)].map(([, scenario]) => scenario) : [],
    );
    expect(tested.length).toBeGreaterThan(50);
    expect(tested.filter((scenario) => !told.includes(scenario ?? ""))).toEqual([]);
  });
  it("10 every route stands in the code, in the deployment and in both READMEs", () => {
    const routes = routesInCode(files);
    expect(routes.length).toBeGreaterThan(30);
    expect(deployedRoutes()).toEqual(routes);
    for (const readme of readmes) expect(findUnnamedRoutes(readme, routes)).toEqual([]);
  });
  it.each(Object.keys(secretsOf))("10 the role of %s has exactly the table actions its code uses", (name) => {
    expect(roleActions(name)).toEqual(actionsInCode(name, files));
  });
  it("10 every call of a table's port has its actions", () => {
    const ports = ["lib/ports/table.ts", "lib/ports/delivery.ts"]
      .map((path) => readProject(path) ?? "")
      .join("\n");
    const stores = [...ports.matchAll(/export interface \w+(?:Store|List|Budget) \{([\s\S]*?)\n\}/g)];
    const methods = stores.flatMap(([, body = ""]) =>
      [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, name]) => name),
    );
    const known = Object.keys(portActions).map((call) => call.replace(/^.*\./, ""));
    expect(methods.filter((name) => !known.includes(name ?? ""))).toEqual([]);
  });
});
