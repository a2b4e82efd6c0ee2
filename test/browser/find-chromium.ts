// Where Chromium is on this machine: CHROMIUM_PATH, else where Linux distributions and macOS put it.
import { existsSync } from "node:fs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Null when there is none. */
export function findChromium(): string | null {
  const given = process.env["CHROMIUM_PATH"];
  const places = given === undefined || given === "" ? usualPlaces : [given];
  return places.find((place) => existsSync(place)) ?? null;
}
