// Whether something is an event by the schema that shops are given.
import { Ajv2020 } from "ajv/dist/2020.js";
import { eventsSchema } from "../../infra/build/events-schema.ts";

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const validate = ajv.compile(JSON.parse(eventsSchema()));

export const isEvent = (event: unknown): boolean => validate(event);
