// Handlers of functions that are only called over HTTP: one door per route of the API.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { type Door, type EndpointParts, endpoint, shapeForHttp } from "./endpoint.ts";

export type HttpEvent = APIGatewayProxyEventV2;
export type HttpDoor = Omit<Door<HttpEvent>, "name">;

/** Routes are API Gateway's route keys, `METHOD /path/{parameter}`. */
export const httpEndpoint = (parts: EndpointParts, doors: Readonly<Record<string, HttpDoor>>) =>
  endpoint<HttpEvent>(
    parts,
    (event) => {
      const door = doors[event.routeKey];
      // Only a template that routes to the wrong function gets here.
      if (!door) throw new Error(`no door for the route ${event.routeKey}`);
      return { name: event.routeKey, ...door };
    },
    shapeForHttp,
  );
