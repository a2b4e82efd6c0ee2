// /cards, /banks and /users/pg: standard codes, and the merchant's channels. Facts: code pages of the V1 API;
// one merchant with one channel, which serves the window and the API alike here.
import { listBanks, listCards } from "../ksnet-codes.ts";
import type { CodeName } from "../state.ts";
import { type Endpoint, failure, success } from "./endpoint.ts";

const unknownCode = failure(404, "존재하지 않는 코드입니다.");

function codeEndpoints(path: string, parameter: string, codes: readonly CodeName[]): readonly Endpoint[] {
  return [
    { method: "GET", path, handle: () => success(codes) },
    {
      method: "GET",
      path: `${path}/{${parameter}}`,
      handle: (call) => {
        const found = codes.find(({ code }) => code === call.path[parameter]);
        return found ? success(found) : unknownCode;
      },
    },
  ];
}

const channels: Endpoint = {
  method: "GET",
  path: "/users/pg",
  handle: ({ simulator }) => {
    const { mid, sandbox, channel_key } = simulator.settings;
    const channel = { pg_provider: "ksnet", pg_id: mid, sandbox, channel_key };
    return success([
      { ...channel, type: "payment", channel_name: "KSNET 결제창" },
      { ...channel, type: "api_payment", channel_name: "KSNET API" },
    ]);
  },
};

export const codeEndpointList: readonly Endpoint[] = [
  ...codeEndpoints("/cards", "card_standard_code", listCards()),
  ...codeEndpoints("/banks", "bank_standard_code", listBanks()),
  channels,
];
