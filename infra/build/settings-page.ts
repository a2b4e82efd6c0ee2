// Writes docs/settings.md and .env.example from the settings in lib/config.ts and lib/secrets.ts:
// `npx node infra/build/settings-page.ts`. Tests fail when either is not what this would write.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { deploymentSettings, type SettingName, settingDefaults } from "../../lib/config.ts";
import { type FunctionName, type SecretName, secretNames, secretsOf } from "../../lib/secrets.ts";
import { pageHead } from "./page-head.ts";
import { type SettingText, secretTexts, settingTexts } from "./setting-texts.ts";

const settingNames = Object.keys(settingDefaults) as SettingName[];

const defaultOf = (name: SettingName): string | null => settingDefaults[name];

const shownDefault = (name: SettingName): string => {
  const value = defaultOf(name);
  if (value === null) return "필수 · required";
  return value === "" ? "-" : `\`${value.replaceAll(",", ", ")}\``;
};

const row = (name: string, { ko, en }: SettingText, last: string): string =>
  `| \`${name}\` | ${ko}<br>${en} | ${last} |`;

const readersOf = (secret: SecretName): string => {
  const names = (Object.keys(secretsOf) as FunctionName[]).filter((name) =>
    secretsOf[name].some((read) => read === secret),
  );
  if (names.length === Object.keys(secretsOf).length) return "모두 · all";
  return names.length === 0 ? "-" : names.join(", ");
};

export const settingsPage = (): string =>
  [
    pageHead({ ko: "설정", en: "Settings" }, "infra/build/settings-page.ts", [
      "lib/config.ts",
      "lib/secrets.ts",
    ]),
    "빠졌거나 틀린 설정은 한 번에 모두 알려 줍니다. `npm run deploy`는 패키징하기 전에, 함수는 시작할 때 확인합니다.",
    "모르는 `PAY_` 이름도 오류입니다. 같은 설정이 `.env.example`에 있으니 복사해서 채우면 됩니다.",
    "",
    "Everything missing or wrong is named in one error, by `npm run deploy` before anything is packaged and by each",
    "function when it starts. An unknown `PAY_` name is an error. `.env.example` has the same settings to fill in.",
    "",
    "| 설정 · setting | 뜻 · meaning | 기본값 · default |",
    "|---|---|---|",
    ...settingNames.map((name) => row(name, settingTexts[name], shownDefault(name))),
    ...deploymentSettings.map((name) => row(name, settingTexts[name], "-")),
    "",
    "## 비밀값 · Secrets",
    "",
    "`/portone-ksnet/<stage>/` 아래의 SSM SecureString입니다(`--shop NAME`이면 `/portone-ksnet-NAME/<stage>/`). 노트북에서는",
    "환경 변수입니다. 함수가 시작할 때, 5분마다, 그리고 포트원이 로그인을 거절할 때 다시 읽습니다. 함수마다 필요한 것만",
    "읽을 수 있습니다.",
    "",
    "SSM SecureStrings below `/portone-ksnet/<stage>/` (with `--shop NAME`: `/portone-ksnet-NAME/<stage>/`), on a laptop in",
    "the environment. Read when a function starts, every five minutes, and when PortOne refuses the login; a function's",
    "role may read only those it needs.",
    "",
    "| 비밀값 · secret | 뜻 · meaning | 읽는 함수 · read by |",
    "|---|---|---|",
    ...secretNames.map((name) => row(name, secretTexts[name], readersOf(name))),
    "",
  ].join("\n");

/** Said by a deployment itself, so that there is nothing to fill in. */
const notFilledIn: readonly SettingName[] = [
  "PAY_STAGE",
  "PAY_TABLE",
  "PAY_SECRETS",
  "PAY_DYNAMODB_ENDPOINT",
];

const comment = ({ ko, en }: SettingText): readonly string[] => [
  `# ${ko.replaceAll("`", "")}`,
  `# ${en.replaceAll("`", "")}`,
];

const fillIn = (name: SettingName): string => {
  const value = defaultOf(name);
  const isAsked = value === null || name === "PAY_CHANNEL_KEY";
  // An address that is left out is the API's own.
  return isAsked && name !== "PAY_PUBLIC_URL" ? `${name}=` : `# ${name}=${value ?? ""}`;
};

export const environmentExample = (): string =>
  [
    "# 복사해서 채운 뒤 배포하세요 · Copy, fill in, deploy:",
    "#   cp .env.example .env.dev",
    "#   set -a && . ./.env.dev && set +a && npm run deploy -- --stage dev",
    "# 비밀값은 여기가 아니라 SSM에 있습니다 · Secrets stand in SSM, not here: docs/deploy.md",
    "",
    ...settingNames
      .filter((name) => !notFilledIn.includes(name))
      .flatMap((name) => [...comment(settingTexts[name]), fillIn(name), ""]),
    ...deploymentSettings.flatMap((name) => [...comment(settingTexts[name]), `# ${name}=`, ""]),
  ].join("\n");

const projectDir = join(import.meta.dirname, "../..");

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(projectDir, "docs/settings.md"), settingsPage());
  writeFileSync(join(projectDir, ".env.example"), environmentExample());
}
