import { launch, open_page } from "./browser.mjs";
const base=process.env.HANDRAIL_URL, out="/tmp/shots/";
import {mkdirSync} from "node:fs"; mkdirSync(out,{recursive:true});
const b=await launch();
async function staff(login, todo){
  const {context,page}=await open_page(b,{viewport:{width:1440,height:900},deviceScaleFactor:1});
  page.on("console",m=>{ if(m.type()==="error") console.log(m.text()); });
  await page.goto(base+"/staff"); 
  await page.locator(".demo-log-ins").waitFor();
  await page.screenshot({path:out+"sign-in.png"});
  await page.locator(".demo-log-ins button",{hasText:login}).click();
  await page.locator(".shell").waitFor({timeout:8000}).catch(async e=>{await page.screenshot({path:out+"broken.png"});throw e});
  await todo(page); await context.close();
}
const shot=async(page,path,name,full)=>{await page.goto(base+path);await page.waitForTimeout(900);await page.screenshot({path:out+name+".png",fullPage:!!full});};
await staff("maeve",async page=>{
  await page.waitForTimeout(800);
  await page.screenshot({path:out+"caseload.png"});
  const c=await page.evaluate(()=>fetch("/api/v1/caseload?scope=team").then(r=>r.json()));
  const now=c.groups.flatMap(g=>g.people).filter(p=>p.urgency==="now");
  console.log(now.map(n=>n.name+" "+n.alert));
  for(const n of now){ await shot(page,"/staff/alerts/"+n.alert,"alert-"+n.name.split(" ")[0]); await shot(page,"/staff/people/"+n.person,"person-"+n.name.split(" ")[0]); }
  const ada=c.groups.flatMap(g=>g.people).find(p=>p.name.startsWith("Ada"));
  await shot(page,"/staff/people/"+ada.person,"person-ada");
  await shot(page,"/staff/live","live-queue");
  await shot(page,"/staff/live/"+now.at(-1).conversation,"live");
  await shot(page,"/staff/findings","findings"); await shot(page,"/staff/people","people");
});
await staff("ruth",async page=>{ await shot(page,"/staff/caseload","caseload-ruth"); await shot(page,"/staff/service","service"); });
await staff("kit",async page=>{ for(const s of ["start","accounts","invitations","teams","lines","texts","settings","audit","state"]) await shot(page,"/staff/administration/"+s,"admin-"+s); });
await b.close();
