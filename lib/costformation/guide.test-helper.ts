/** CloudZero's guide to shared cost: what is shared, how it is split, and dedicated plus shared cost by product. */
export const GUIDE = `
Dimensions:
  SharedRDS:
    Name: Shared RDS
    DefaultValue: Not Shared
    Rules:
      - Type: Group
        Name: Shared Data Lake
        Conditions:
          - Source: Service
            Equals: Amazon Relational Database Service
  SplitDataLake:
    Type: Allocation
    Name: Split Data Lake
    AllocateByStreams:
      Streams:
        - rds-writes-by-product
  Product:
    Name: Product
    DefaultValue: Other
    Rules:
      - {Type: Group, Name: Email, Conditions: [{Source: "Tag:Product", Equals: email}]}
      - {Type: Group, Name: Messaging, Conditions: [{Source: "Tag:Product", Equals: messaging}]}
      - {Type: GroupBy, Source: "User:Defined:SplitDataLake"}
`
