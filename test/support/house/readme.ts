// What the README says of the code.

/** Every path README names exists; every function its table names is exported by that file. */
export function findFalseMap(readme: string, read: (path: string) => string | null): readonly string[] {
  const named = [...readme.matchAll(/`((?:functions|lib|infra|test)[\w./-]*)`/g)].map(
    ([, path = ""]) => path,
  );
  const missing = named
    .filter((path) => read(path) === null)
    .map((path) => `README names ${path}, which is not there`);
  const rows = [...readme.matchAll(/^\| [^|]+ \| `([^`]+\.ts)` \| `(\w+)` \|$/gm)];
  const unexported = rows.flatMap(([, path = "", name = ""]) =>
    new RegExp(`export (async )?(function|const|class) ${name}\\b`).test(read(path) ?? "")
      ? []
      : [`README says ${path} exports ${name}`],
  );
  return [
    ...(rows.length < 10 ? [`README's table "to change X open Y" has ${rows.length} rows, not ten`] : []),
    ...missing,
    ...unexported,
  ];
}

/** Routes the README does not name in full; a browser's preflight is no door of its own. */
export const findUnnamedRoutes = (readme: string, routes: readonly string[]): readonly string[] =>
  routes.filter((route) => !route.startsWith("OPTIONS ") && !readme.includes(`\`${route}\``));
