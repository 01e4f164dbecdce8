import { complete } from "./complete";
import base from "./pt.base.json";
import person from "./pt.json";
import served from "./pt.served.json";

export default complete(base, person, served);
