// What an answer's schema is held against: the view that makes the answer. A field that a view tells and its schema does
// not, or the other way round, or one of another kind, does not compile.
import * as z from "zod/mini";
import type { Money } from "../../../../lib/domain/money.ts";

/** As JSON tells it: an amount is a number, a word any text; a schema's lists of words are held against real answers. */
type AsTold<Value> = Value extends string
  ? string
  : Value extends Money | number
    ? number
    : Value extends readonly (infer Item)[]
      ? AsTold<Item>[]
      : Value extends object
        ? { -readonly [Name in keyof Value]: AsTold<Value[Name]> }
        : Value;

type NamesOf<Value> = Value extends unknown ? keyof Value : never;

/** `unknown` where the schema tells the view, else what is wrong with it. */
type Fits<View, Told> = [Exclude<NamesOf<View>, NamesOf<Told>>] extends [never]
  ? [Exclude<NamesOf<Told>, NamesOf<View>>] extends [never]
    ? [AsTold<View>] extends [AsTold<Told>]
      ? unknown
      : { readonly differs: AsTold<View> }
    : { readonly tooMany: Exclude<NamesOf<Told>, NamesOf<View>> }
  : { readonly missing: Exclude<NamesOf<View>, NamesOf<Told>> };

/** The schema of what a view tells: `told<ReturnType<typeof viewOrder>>()(z.object({…}))`. */
export const told =
  <View>() =>
  <Schema extends z.ZodMiniType>(schema: Schema & Fits<NonNullable<View>, z.output<Schema>>): Schema =>
    schema;

/** ISO 8601 in UTC with milliseconds, as every answer tells times. */
export const time = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/));
/** An amount in its currency: won whole, dollars to the cent. */
export const money = z.number();
export const count = z.int().check(z.nonnegative());
