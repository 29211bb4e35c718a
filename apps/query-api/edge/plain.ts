/** What a body class describes, as the plain object that is answered: the classes exist for their descriptions. */
export type Plain<Body> = Body extends readonly (infer Item)[]
  ? readonly Plain<Item>[]
  : Body extends object
    ? { readonly [Field in keyof Body]: Plain<Body[Field]> }
    : Body;
