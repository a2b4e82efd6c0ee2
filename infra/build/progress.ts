// How far long work has come, for whoever waits for it: on a terminal one line that is drawn over, elsewhere a line for
// each tenth of the way.

export interface Telling {
  /** A line that stays. */
  readonly say: (line: string) => void;
  /** So many of so much are done; work under another name begins anew. */
  readonly done: (of: string, done: number, total: number, note?: string) => void;
}

export interface Progress extends Telling {
  /** Takes the drawn line away; what is written next begins a line of its own. */
  end(): void;
}

interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const drawEveryMs = 100;
const usualColumns = 80;
const clearLine = "\r\u001b[2K";

export function createProgress(output: Output, nowMs: () => number): Progress {
  const isTerminal = output.isTTY === true;
  let work = { of: "", sinceMs: nowMs(), tenths: 0 };
  let drawn = "";
  let drawnAtMs = Number.NEGATIVE_INFINITY;
  const clear = (): string => (drawn === "" ? "" : clearLine);
  const draw = (line: string): void => {
    // A line that wraps cannot be drawn over; a terminal that does not know its width says 0.
    const fitting = line.slice(0, (output.columns || usualColumns) - 1);
    output.write(`${clear()}${fitting}`);
    drawn = fitting;
    drawnAtMs = nowMs();
  };
  return {
    say: (line) => {
      output.write(`${clear()}${line}\n${drawn}`);
    },
    done: (of, done, total, note = "") => {
      if (of !== work.of) {
        const sinceMs = work.of === "" ? work.sinceMs : nowMs();
        work = { of, sinceMs, tenths: 0 };
        drawnAtMs = Number.NEGATIVE_INFINITY;
      }
      if (total <= 0) return;
      const left = describeLeft(((nowMs() - work.sinceMs) / done) * (total - done));
      const line = `${of} ${done}/${total}, ${Math.floor((done / total) * 100)} %${done < total && done > 0 ? left : ""}${note}`;
      if (isTerminal) {
        if (done >= total || nowMs() - drawnAtMs >= drawEveryMs) draw(line);
        return;
      }
      const tenths = Math.floor((done / total) * 10);
      if (tenths <= work.tenths) return;
      work.tenths = tenths;
      output.write(`${line}\n`);
    },
    end: () => {
      output.write(clear());
      drawn = "";
    },
  };
}

function describeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  return seconds < 100 ? `, about ${seconds} s left` : `, about ${Math.round(seconds / 60)} min left`;
}
