/** Under which the application provides its `ReadStore` to the queries of every read model. */
export const READ_STORE = Symbol('ReadStore');
