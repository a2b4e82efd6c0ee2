// Wrong settings, for whoever has to mend them: each problem as the product's own reading names it, and below it what
// the setting means in the reader's language.
import type { Language } from "../build/locale.mjs";
import { settingTexts } from "../build/setting-texts.ts";

const isDescribed = (name: string): name is keyof typeof settingTexts => Object.hasOwn(settingTexts, name);

export function explainSettings(problems: readonly string[], language: Language): string {
  const names = problems.map((problem) => problem.split(":")[0] ?? "");
  return problems
    .flatMap((problem, index) => {
      const name = names[index] ?? "";
      // Once, below the last of several in a row.
      const isTold = isDescribed(name) && names[index + 1] !== name;
      return isTold ? [`- ${problem}`, `    ${settingTexts[name][language]}`] : [`- ${problem}`];
    })
    .join("\n");
}
