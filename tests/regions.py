"""A corpus of several places: the two Tianjin documents, and small ones of two cities, a province and the country."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path

from index.records import Document
from ingest.naming import naming

WUHAN = (
    "武汉市人民政府办公厅关于印发武汉市促进甲类进口贸易实施方案的通知",
    "武汉市人民政府办公厅",
    "武政办〔2023〕45号",
    "2023-05-23",
    """一、主要任务
1.培育进口龙头企业。对进口龙头企业开展一对一服务。（责任单位：市商务局，武汉海关）
2.支持汽车平行进口。建设平行进口汽车展示中心。（责任单位：市商务局，市交通运输局）
3.扩大科研设备进口。为科研院所办理设备免税手续。（责任单位：市科技局，武汉海关）
4.改进外汇结算。为进口企业提供跨境人民币结算。（责任单位：人行武汉分行营管部）
5.加强财政支持。统筹安排进口贴息。（责任单位：市财政局，市商务局）
""",
)
GANZHOU = (
    "赣州市人民政府办公室关于印发赣州市推行政务服务微改革若干措施的通知",
    "赣州市人民政府办公室",
    "赣市府办字〔2023〕52号",
    "2023-05-18",
    """一、推行开办即开户。企业领取营业执照后直接开通银行账户。〔牵头单位：市行政审批局；配合单位：市商务局、各县（市、区）人民政府；完成时限：2023年10月底前〕
二、推行工程合并审批。把水土保持与防洪评价合并审批。〔牵头单位：市水利局；配合单位：市行政审批局、各县（市、区）人民政府；完成时限：2023年12月底前〕
三、推行远程视频踏勘。建设远程视频踏勘平台。〔牵头单位：市行政审批局；配合单位：市财政局、各县（市、区）人民政府；完成时限：2024年6月底前〕
四、推行帮办代办服务。为老年人提供上门代办。〔牵头单位：市行政审批局；配合单位：市民政局、各县（市、区）人民政府；完成时限：2023年9月底前〕
五、推行水电气联办。用水用电用气一次报装。〔牵头单位：市住建局；配合单位：国网赣州供电公司、各县（市、区）人民政府；完成时限：2023年11月底前〕
""",
)
GANSU = (
    "甘肃省人民政府办公厅关于印发支持个体工商户发展若干措施的通知",
    "甘肃省人民政府办公厅",
    "甘政办发〔2023〕25号",
    "2023-03-17",
    """一、优化准入
1.提高个体工商户登记便利化水平。推行个体工商户登记智能审批。（省市场监管局负责）
2.发放个体工商户创业担保贷款。个体工商户可申请最高20万元的创业担保贷款。（省财政厅、省人社厅按职责分工负责）
3.减免个体工商户房租。国有房屋减免三个月租金。（省发展改革委、省财政厅负责）
4.支持商贸个体工商户。组织个体工商户参加消费促进活动。（省商务厅负责）
5.开展个体工商户培训。每年培训一万人次。（省人社厅、各市州政府负责）
""",
)
MINISTRY = (
    "国务院关于做好促进就业工作的若干意见",
    "国务院",
    "国发〔2018〕39号",
    "2018-11-16",
    """一、支持企业
（一）返还失业保险费。对不裁员的参保企业返还失业保险费的50%。（人力资源社会保障部、财政部按职责分工负责）
（二）发挥融资担保作用。引导融资担保机构支持小微企业。（财政部牵头，工业和信息化部、人民银行负责）
（三）扩大就业见习补贴。把就业见习补贴扩大到失业青年。（人力资源社会保障部牵头，财政部负责）
（四）开展技能培训。组织困难企业职工在岗培训。（人力资源社会保障部负责）
（五）支持外贸企业稳岗。指导外贸企业稳定岗位。（商务部、人力资源社会保障部按职责分工负责）
""",
)
WRITTEN = {"wuhan": WUHAN, "ganzhou": GANZHOU, "gansu": GANSU, "guofa": MINISTRY}


def write_corpus(own: Path, folder: Path) -> Path:
    """Copy the project's corpus ``own``, less its expected questions, to ``folder`` and add the written documents."""
    shutil.copytree(own, folder, ignore=shutil.ignore_patterns("questions"))
    (folder / "questions").mkdir()
    lines = (folder / "sources.jsonl").read_text(encoding="utf-8").splitlines()
    for slug, (title, issuer, number, date, text) in WRITTEN.items():
        whole = f"{title}\n{number}\n{text}"
        (folder / "documents" / f"{slug}.txt").write_text(whole, encoding="utf-8")
        called = naming(title, issuer, number, date)
        document = Document(
            slug=slug,
            title=f"《{title}》",
            short_title=called.short_title,
            aliases=called.aliases,
            issuer=issuer,
            number=number,
            date=date,
            path=f"{slug}.txt",
            sha256=hashlib.sha256(whole.encode()).hexdigest(),
            region=called.region,
        )
        lines.append(json.dumps(asdict(document), ensure_ascii=False))
    (folder / "sources.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder
