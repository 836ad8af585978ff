/** How the rows of AdventureWorks become events, for the help of the command. */
export const adventureWorksRows = `How the rows become events, in the order of their days:
  items.csv                 an item: made or bought, safety stock as minimum, its lead time
  item_vendors.csv          lead time and least quantity of the quickest vendor of the item
  bom_lines.csv             BOM versions: a new one at each day on which a line comes or goes
  locations.csv, on_hand.csv  no event: the counts are compared with the stock in the end
  (opening stock)           one count an item: the least that its own history allows
  sales_order_lines.csv     an issue: on order from the order date, sold on the ship date
  purchase_order_lines.csv  a receipt: ordered, then received (less what was rejected) on the due
                            date; of status pending or approved it stays open
  work_orders.csv           a receipt of the item and an issue of each line of the BOM version that
                            is valid on the start date; received (less scrap) and deducted on the
                            end date
What does not fit together is taken and remarked on in the report.`;

/** How the rows of a dataset file become events. */
export const datasetRows = `How the rows become events; the version of each is its seq:
  DatasetStarted                     the day of the company
  ItemCreated, BomLineCreated        items; BOMs, told when the file goes on with something else
  OnHandCounted, OnHandAdjusted      a stock count; a posted inventory journal
  SalesOrderPlaced, ...Changed       an issue on order; SalesOrderCancelled removes it
  PurchaseOrderPlaced, ...Changed    a receipt ordered; PurchaseOrderReceived posts it
  SnapshotEnded, DatasetEnded        no event
Numbers are taken for quantities.`;
