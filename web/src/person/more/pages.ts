/* What lies behind "More", as one file: read one after the other, and small pieces that repeat each other weigh a third more. */
export { default as More } from "./more";
export { default as Privacy } from "./privacy";
export { default as Delete } from "./delete";
export { default as Asking } from "./asking";
export { default as Close } from "./close";
export { default as Contact } from "./contact";
export { default as Supporters } from "./supporters";
export { default as Account_page } from "./account_page";
export { default as Device } from "./device";
export { default as Leaving } from "./leaving";
export { default as Whatsapp } from "./whatsapp";
export { default as Memory } from "./memory";
export { default as Resources } from "./resources";
export { default as Exercises } from "./exercises";
