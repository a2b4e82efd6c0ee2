// Handlers of functions that are only called over HTTP: one door per route of the API.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { LambdaResult } from "./answer.ts";
import { type Door, type EndpointParts, endpoint, ignoring, shapeForHttp } from "./endpoint.ts";

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpDoor = Omit<Door<HttpEvent>, "name">;

/** Routes are API Gateway's route keys, `METHOD /path/{parameter}`. */
export const httpEndpoint = (parts: EndpointParts, doors: Readonly<Record<string, HttpDoor>>) =>
  endpoint<HttpEvent, LambdaResult | object>(
    parts,
    (event) => {
      if (!isOfGateway(event)) return ignoring;
      const door = doors[event.routeKey];
      // Only a template that routes to the wrong function gets here.
      if (!door) throw new Error(`no door for the route ${event.routeKey}`);
      return { name: event.routeKey, ...door };
    },
    (answer, event, requestId) =>
      isOfGateway(event) ? shapeForHttp(answer, event, requestId) : (answer.body ?? {}),
  );

/** Its HTTP API names a route in every event; whatever names none would be no HTTP answer to anybody either. */
const isOfGateway = (event: unknown): event is HttpEvent =>
  typeof event === "object" && event !== null && "routeKey" in event && typeof event.routeKey === "string";
