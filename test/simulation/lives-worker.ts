// One thread of a run: it is given shares and gives back what they came to.
import { parentPort } from "node:worker_threads";
import { liveShare, type Share } from "./run-lives.ts";

parentPort?.on("message", (share: Share) => {
  liveShare(share).then(
    (lived) => parentPort?.postMessage(lived),
    (error: unknown) => {
      throw error;
    },
  );
});
