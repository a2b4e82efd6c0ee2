// How each generated page begins: its title, and by what it is written, so that nobody edits it by hand.

export interface Text {
  readonly ko: string;
  readonly en: string;
}

export function pageHead(title: Text, generator: string, sources: readonly string[] = []): string {
  const named = sources.map((source) => `\`${source}\``);
  const ko = named.length > 0 ? `${named.join("와 ")}에서 ` : "";
  const en = named.length > 0 ? ` from ${named.join(" and ")}` : "";
  return `# ${title.ko} · ${title.en}

이 문서는 ${ko}\`npx node ${generator}\`로 만듭니다. 직접 고치지 마세요.
Written by \`npx node ${generator}\`${en}; do not edit.
`;
}
